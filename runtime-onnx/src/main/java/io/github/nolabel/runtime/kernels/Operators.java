package io.github.nolabel.runtime.kernels;

import static io.github.nolabel.runtime.kernels.node.Operator.plain;

import io.github.nolabel.runtime.kernels.convolution.ConvolutionGradientKernel;
import io.github.nolabel.runtime.kernels.convolution.ConvolutionKernel;
import io.github.nolabel.runtime.kernels.formula.FormulaKernel;
import io.github.nolabel.runtime.kernels.matrices.LayerNormGradientKernel;
import io.github.nolabel.runtime.kernels.matrices.ProductKernel;
import io.github.nolabel.runtime.kernels.matrices.RowKernel;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Operator.Count;
import java.util.List;

/** The operators of models that have kernels here. */
final class Operators {

  private static final String MICROSOFT = "com.microsoft";

  static final List<Operator> CONVOLUTIONS =
      List.of(ConvolutionKernel.OPERATOR, ConvolutionGradientKernel.OPERATOR);

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

  private Operators() {}

  static boolean isConvolution(Operator operator) {
    return CONVOLUTIONS.contains(operator);
  }

  static boolean isProduct(Operator operator) {
    return PRODUCTS.contains(operator);
  }

  static boolean isFormula(Operator operator) {
    return operator.equals(FormulaKernel.OPERATOR);
  }
}
