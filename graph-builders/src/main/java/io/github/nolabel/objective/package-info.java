/**
 * What a method is, and its way to a training recipe. Start at {@link
 * io.github.nolabel.objective.Objective}.
 */
@NullMarked
package io.github.nolabel.objective;

import org.jspecify.annotations.NullMarked;
