package io.github.nolabel.runtime.kernels;

import java.util.List;
import java.util.Set;

/**
 * An operator that has kernels here.
 *
 * @param domain empty for ONNX's own
 * @param inputs how many, and how many of them are needed
 * @param outputs how many, and how many of them are needed
 * @param maps which inputs and outputs are feature maps in the kernels' layout
 */
record Operator(String domain, String name, Count inputs, Count outputs, Maps maps, Maker maker) {

  static final Operator CONVOLUTION =
      new Operator(
          "",
          "Conv",
          Count.of(3, 2),
          Count.of(1, 1),
          Maps.NONE,
          (node, place) -> new ConvolutionKernel(node.window(), place));
  static final Operator CONVOLUTION_GRADIENT =
      new Operator(
          "com.microsoft",
          "ConvGrad",
          Count.of(3, 3),
          Count.of(3, 0),
          Maps.NONE,
          (node, place) -> new ConvolutionGradientKernel(node.window(), place));

  static final List<Operator> ALL = List.of(CONVOLUTION, CONVOLUTION_GRADIENT);

  /**
   * @param required the first ones; the others may be left out
   */
  record Count(int all, int required) {
    static Count of(int all, int required) {
      return new Count(all, required);
    }
  }

  /** Which inputs and outputs are feature maps in the kernels' own layout. */
  record Maps(Set<Integer> inputs, Set<Integer> outputs) {
    static final Maps NONE = new Maps(Set.of(), Set.of());
  }

  /** From a node to its kernel. */
  @FunctionalInterface
  interface Maker {
    Kernel make(NodeAttributes node, Workplace place);
  }

  /** Whether some of its tensors lie in the kernels' layout. */
  boolean onMaps() {
    return !maps.equals(Maps.NONE);
  }
}
