package io.github.nolabel.autodiff.rules;

import io.github.nolabel.autodiff.GradientTable;

/** Operators whose output does not move smoothly with any input, or must not carry gradients. */
final class NonDifferentiableOps {

  private NonDifferentiableOps() {}

  static void addTo(GradientTable.Builder table) {
    table
        .nonDifferentiable("Detach", "Constant", "ZerosLike", "ElementCount", "RowNumbers")
        .nonDifferentiable("Equal", "Less", "Greater", "And", "Or", "Not", "IsNaN", "IsInf")
        .nonDifferentiable("Sign", "Mod", "Numbers");

    for (String gradient :
        new String[] {
          "ConvGrad",
          "GeluGrad",
          "ReluGrad",
          "SoftmaxGrad",
          "LogSoftmaxGrad",
          "BatchNormalizationGrad",
          "LayerNormalizationGrad"
        }) {
      table.unsupported(gradient, "second derivatives are not written");
    }
  }
}
