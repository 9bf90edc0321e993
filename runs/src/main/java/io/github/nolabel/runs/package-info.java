/**
 * Pre-training as a library object: a plan, a run in a folder, and what it learnt. Nothing here
 * prints; whoever wants to know hands in a watcher. Start at {@link
 * io.github.nolabel.runs.RunPlan}.
 */
@NullMarked
package io.github.nolabel.runs;

import org.jspecify.annotations.NullMarked;
