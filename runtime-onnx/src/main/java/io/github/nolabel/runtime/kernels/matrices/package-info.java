/**
 * Products of matrices and operators on their rows. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.kernels.matrices.ProductKernel}.
 */
@NullMarked
package io.github.nolabel.runtime.kernels.matrices;

import org.jspecify.annotations.NullMarked;
