package io.github.nolabel.runtime.kernels;

import java.util.List;

/**
 * An operator that has kernels here.
 *
 * @param domain empty for ONNX's own
 * @param requiredInputs the first ones; the others may be left out
 * @param requiredOutputs the first ones; the others may be left out
 */
record Operator(
    String domain, String name, int inputs, int requiredInputs, int outputs, int requiredOutputs) {

  static final Operator CONVOLUTION = new Operator("", "Conv", 3, 2, 1, 1);
  static final Operator CONVOLUTION_GRADIENT =
      new Operator("com.microsoft", "ConvGrad", 3, 3, 3, 0);

  static final List<Operator> ALL = List.of(CONVOLUTION, CONVOLUTION_GRADIENT);

  Kernel kernel(Window window, Workplace workplace) {
    return equals(CONVOLUTION)
        ? new ConvolutionKernel(window, workplace)
        : new ConvolutionGradientKernel(window, workplace);
  }
}
