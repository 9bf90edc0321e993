package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.kernels.formula.FormulaKernel;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtCustomOp;

/** Says of a formula that its outputs have the memory of the inputs after the first one. */
@SuppressWarnings("rawtypes")
final class StatesInPlace extends OrtCustomOp.GetAliasMap_PointerPointer_PointerPointer {

  private final IntPointer inputs = new IntPointer(FormulaKernel.MOST_RESULTS);
  private final IntPointer outputs = new IntPointer(FormulaKernel.MOST_RESULTS);

  StatesInPlace() {
    for (int i = 0; i < FormulaKernel.MOST_RESULTS; i++) {
      inputs.put(i, FormulaKernel.FIRST + i);
      outputs.put(i, i);
    }
  }

  @Override
  public long call(PointerPointer from, PointerPointer to) {
    new PointerPointer<IntPointer>(from).put(0, inputs);
    new PointerPointer<IntPointer>(to).put(0, outputs);
    return inputs.capacity();
  }
}
