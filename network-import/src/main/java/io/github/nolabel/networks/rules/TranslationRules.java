package io.github.nolabel.networks.rules;

import io.github.nolabel.networks.table.TranslationTable;

/** The table of all operators that can be taken over. */
public final class TranslationRules {

  private static final TranslationTable TABLE = create();

  private TranslationRules() {}

  public static TranslationTable table() {
    return TABLE;
  }

  private static TranslationTable create() {
    TranslationTable.Builder table = new TranslationTable.Builder();
    ConstantFolds.addTo(table);
    ArithmeticFolds.addTo(table);
    LayoutFolds.addTo(table);
    PositionFolds.addTo(table);
    ArithmeticRules.addTo(table);
    ActivationRules.addTo(table);
    LogicRules.addTo(table);
    ProductRules.addTo(table);
    ReductionRules.addTo(table);
    LayoutRules.addTo(table);
    SlicingRules.addTo(table);
    IndexRules.addTo(table);
    NormalisationRules.addTo(table);
    ConvolutionRules.addTo(table);
    PoolingRules.addTo(table);
    return table.build();
  }
}
