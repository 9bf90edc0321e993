package io.github.nolabel.autodiff.rules;

import io.github.nolabel.autodiff.GradientTable;

/** The gradient rules this library ships. */
public final class StandardRules {

  private StandardRules() {}

  public static GradientTable table() {
    GradientTable.Builder table = new GradientTable.Builder();
    ElementwiseRules.addTo(table);
    LinearRules.addTo(table);
    ReductionRules.addTo(table);
    ShapeRules.addTo(table);
    IndexingRules.addTo(table);
    NormalisationRules.addTo(table);
    ConvolutionRules.addTo(table);
    NonDifferentiableOps.addTo(table);
    return table.build();
  }
}
