package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;

/**
 * A convolution's results, or one of its gradients, for one shape: chosen once, as it takes longer
 * to find out which way is the quickest than to prepare a run.
 */
interface ConvolutionStep {

  void run(KernelCall call, NativeTensor first, NativeTensor second, NativeTensor result);
}
