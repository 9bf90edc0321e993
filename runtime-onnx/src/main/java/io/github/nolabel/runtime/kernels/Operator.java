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
 * @param updating whether outputs 1 and 2 overwrite inputs 3 and 4, which are statistics
 */
record Operator(
    String domain,
    String name,
    Count inputs,
    Count outputs,
    Maps maps,
    boolean updating,
    Maker maker) {

  private static final String MICROSOFT = "com.microsoft";

  /** An operator that overwrites nothing. */
  Operator(String domain, String name, Count inputs, Count outputs, Maps maps, Maker maker) {
    this(domain, name, inputs, outputs, maps, false, maker);
  }

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
          MICROSOFT,
          "ConvGrad",
          Count.of(3, 3),
          Count.of(3, 0),
          Maps.NONE,
          (node, place) -> new ConvolutionGradientKernel(node.window(), place));

  static final List<Operator> CONVOLUTIONS = List.of(CONVOLUTION, CONVOLUTION_GRADIENT);

  /** ONNX Runtime makes the second from the first; in float32 its own are as quick. */
  static final List<Operator> PRODUCTS =
      List.of(
          plain("", "MatMul", Count.of(2, 2), Count.of(1, 1), ProductKernel::of),
          plain(MICROSOFT, "FusedMatMul", Count.of(2, 2), Count.of(1, 1), ProductKernel::of));

  /** Those that a model has or that may come from what it has, together. */
  static final List<List<Operator>> FAMILIES =
      List.of(
          CONVOLUTIONS,
          List.of(plain("", "Gelu", Count.of(1, 1), Count.of(1, 1), RowKernel::gelu)),
          List.of(
              plain(
                  MICROSOFT, "GeluGrad", Count.of(2, 2), Count.of(1, 1), RowKernel::geluGradient)),
          List.of(
              plain(
                  MICROSOFT,
                  "LayerNormalizationGrad",
                  Count.of(5, 5),
                  Count.of(3, 3),
                  LayerNormGradientKernel::of)),
          PRODUCTS);

  /** An operator whose tensors lie as ONNX has them. */
  private static Operator plain(
      String domain, String name, Count inputs, Count outputs, Maker maker) {
    return new Operator(domain, name, inputs, outputs, Maps.NONE, maker);
  }

  /** The same one, which overwrites statistics. */
  Operator updatingStatistics() {
    return new Operator(domain, name, inputs, outputs, maps, true, maker);
  }

  boolean isConvolution() {
    return CONVOLUTIONS.contains(this);
  }

  boolean isProduct() {
    return PRODUCTS.contains(this);
  }

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

  boolean isFormula() {
    return equals(FormulaKernel.OPERATOR);
  }

  /** Whether some of its tensors lie in the kernels' layout. */
  boolean onMaps() {
    return !maps.equals(Maps.NONE);
  }
}
