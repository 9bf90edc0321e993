package io.github.nolabel.api.export;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.TrainingArtifacts;
import java.util.Map;

/** Turns a run into artifacts with which other programs go on training. */
@FunctionalInterface
public interface ArtifactExporter {

  /**
   * @param state values by state tensor's name; names that the method's loss does not need are
   *     ignored
   * @param cut what the evaluation model computes, one of {@link BackboneExporter#cuts()}
   * @param optimizer must be one that ONNX Runtime has: AdamW, Adam without weight decay, SGD
   *     without momentum and weight decay; its weight decay moves all trained tensors
   * @throws io.github.nolabel.api.UserMistake if ONNX Runtime's optimizers cannot do that, the cut
   *     is unknown, a tensor is missing, or the method decides something in Java around its steps
   *     that is more than a schedule
   */
  TrainingArtifacts export(Map<String, Tensor> state, String cut, OptimizerConfig optimizer);
}
