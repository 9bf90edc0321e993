/**
 * One training step while its parts are put together. Start at {@link
 * io.github.nolabel.step.StepGraph}.
 */
@NullMarked
package io.github.nolabel.step;

import org.jspecify.annotations.NullMarked;
