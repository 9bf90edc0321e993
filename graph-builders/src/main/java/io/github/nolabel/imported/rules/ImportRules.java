package io.github.nolabel.imported.rules;

import io.github.nolabel.imported.table.ImportTable;

/** The table of all operators that can be taken over. */
public final class ImportRules {

  private static final ImportTable TABLE = create();

  private ImportRules() {}

  public static ImportTable table() {
    return TABLE;
  }

  private static ImportTable create() {
    ImportTable.Builder table = new ImportTable.Builder();
    ConstantFolds.addTo(table);
    ArithmeticFolds.addTo(table);
    LayoutFolds.addTo(table);
    ArithmeticRules.addTo(table);
    ActivationRules.addTo(table);
    LogicRules.addTo(table);
    ProductRules.addTo(table);
    ReductionRules.addTo(table);
    LayoutRules.addTo(table);
    PieceRules.addTo(table);
    NormalisationRules.addTo(table);
    ConvolutionRules.addTo(table);
    PoolingRules.addTo(table);
    return table.build();
  }
}
