/**
 * Number formats of trained weights in files. Start at {@link
 * io.github.nolabel.weights.HalfFloats}.
 */
@NullMarked
package io.github.nolabel.weights;

import org.jspecify.annotations.NullMarked;
