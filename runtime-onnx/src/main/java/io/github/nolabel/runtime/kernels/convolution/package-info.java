/**
 * Convolutions and their gradients. Internal to this module. Start at {@link
 * io.github.nolabel.runtime.kernels.convolution.ConvolutionKernel}.
 */
@NullMarked
package io.github.nolabel.runtime.kernels.convolution;

import org.jspecify.annotations.NullMarked;
