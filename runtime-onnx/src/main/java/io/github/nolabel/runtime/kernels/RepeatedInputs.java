package io.github.nolabel.runtime.kernels;

import org.bytedeco.onnxruntime.OrtCustomOp;

/** Says how often an input that is repeated stands there at least: once. */
final class RepeatedInputs extends OrtCustomOp.GetVariadicInputMinArity_OrtCustomOp {

  @Override
  public int call(OrtCustomOp op) {
    return 1;
  }

  /** Says that all of them have one type. */
  static final class OneType extends OrtCustomOp.GetVariadicInputHomogeneity_OrtCustomOp {
    @Override
    public int call(OrtCustomOp op) {
      return 1;
    }
  }
}
