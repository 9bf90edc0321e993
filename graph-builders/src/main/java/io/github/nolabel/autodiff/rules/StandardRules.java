package io.github.nolabel.autodiff.rules;

import io.github.nolabel.autodiff.GradientProvider;
import io.github.nolabel.autodiff.GradientTable;
import java.util.ServiceLoader;

/** The gradient rules this library ships, and those of plug-ins. */
public final class StandardRules {

  private StandardRules() {}

  /** What this library ships. */
  public static GradientTable table() {
    return shipped().build();
  }

  /** The same with the rows of plug-ins that this library's class loader sees. */
  public static GradientTable withPlugIns() {
    GradientTable.Builder table = shipped();
    ServiceLoader.load(GradientProvider.class, StandardRules.class.getClassLoader())
        .forEach(provider -> provider.addTo(table));
    return table.build();
  }

  private static GradientTable.Builder shipped() {
    GradientTable.Builder table = new GradientTable.Builder();
    ElementwiseRules.addTo(table);
    LinearRules.addTo(table);
    ReductionRules.addTo(table);
    ShapeRules.addTo(table);
    IndexingRules.addTo(table);
    NormalisationRules.addTo(table);
    ConvolutionRules.addTo(table);
    NonDifferentiableOps.addTo(table);
    return table;
  }
}
