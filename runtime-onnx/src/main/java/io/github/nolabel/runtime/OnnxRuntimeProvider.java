package io.github.nolabel.runtime;

import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.train.TrainingRuntimeProvider;

/** Offers ONNX Runtime under the name {@code onnx}. */
public final class OnnxRuntimeProvider implements TrainingRuntimeProvider {

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public TrainingRuntime open() {
    return new OnnxTrainingRuntime();
  }
}
