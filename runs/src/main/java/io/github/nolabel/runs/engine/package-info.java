/**
 * A run from its plan to its result, and the folder it lives in. Start at {@link
 * io.github.nolabel.runs.engine.Pretrainer}.
 */
@NullMarked
package io.github.nolabel.runs.engine;

import org.jspecify.annotations.NullMarked;
