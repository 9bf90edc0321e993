/**
 * What a method reads of every sample, by name and type. Start at {@link
 * io.github.nolabel.api.input.InputPlan}.
 */
@NullMarked
package io.github.nolabel.api.input;

import org.jspecify.annotations.NullMarked;
