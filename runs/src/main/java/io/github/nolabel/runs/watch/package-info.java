/**
 * Listeners that show a run to people and tools. Start at {@link
 * io.github.nolabel.runs.watch.ProgressLine}.
 */
@NullMarked
package io.github.nolabel.runs.watch;

import org.jspecify.annotations.NullMarked;
