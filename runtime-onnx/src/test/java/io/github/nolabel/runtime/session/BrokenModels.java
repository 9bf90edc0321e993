package io.github.nolabel.runtime.session;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.OnnxText;
import java.util.List;

/** Models that load and fail when they run. */
final class BrokenModels {

  private BrokenModels() {}

  /** Multiplies two matrices that fit only by shapes unknown before the run. */
  static OnnxModel matMulOfUnequalWidths(TrainingProgram toy) {
    OnnxText text = new OnnxText().inputs(toy.training().inputs());
    text.inputs(toy.state().stream().map(s -> s.spec()).toList());
    text.inputs(List.of(new TensorSpec(TrainingProgram.RESET, ElementType.BOOL, Shape.of(1))))
        .node("positive = Greater(x, learning_rate)")
        .node("where = NonZero(positive)")
        .node("indices = Cast(where)", OnnxText.attribute("to", 1))
        .node("bad = MatMul(indices, x)")
        .node("loss = ReduceMean(bad)", OnnxText.attribute("keepdims", 0))
        .node("gradient_norm = Identity(loss)")
        .node("nan = IsNaN(loss)")
        .node("finite = Not(nan)")
        .outputs(toy.training().outputs());
    return new OnnxModel(text.bytes(), toy.training().inputs(), toy.training().outputs());
  }
}
