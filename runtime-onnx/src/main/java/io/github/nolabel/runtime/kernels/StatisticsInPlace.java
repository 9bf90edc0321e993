package io.github.nolabel.runtime.kernels;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.PointerPointer;
import org.bytedeco.onnxruntime.OrtCustomOp;

/**
 * Says of batch normalisation that its outputs 1 and 2 have the memory of inputs 3 and 4, so that
 * the state itself is what is updated.
 */
@SuppressWarnings("rawtypes")
final class StatisticsInPlace extends OrtCustomOp.GetAliasMap_PointerPointer_PointerPointer {

  private final IntPointer inputs = new IntPointer(3, 4);
  private final IntPointer outputs = new IntPointer(1, 2);

  @Override
  public long call(PointerPointer from, PointerPointer to) {
    new PointerPointer<IntPointer>(from).put(0, inputs);
    new PointerPointer<IntPointer>(to).put(0, outputs);
    return inputs.capacity();
  }

  /** Nothing is to be freed: the lists stay as long as the process. */
  static final class Release extends OrtCustomOp.ReleaseAliasMap_IntPointer_IntPointer {
    @Override
    public void call(IntPointer inputs, IntPointer outputs) {}
  }
}
