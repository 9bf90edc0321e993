/**
 * Reverse-mode differentiation that names no operator. Start at {@link
 * io.github.nolabel.autodiff.ReverseMode}.
 */
@NullMarked
package io.github.nolabel.autodiff;

import org.jspecify.annotations.NullMarked;
