package io.github.nolabel.onnx;

/** What a graph is written for. */
public enum Target {
  /** Models that train, and evaluation models beside them: the runtime's own operators serve. */
  TRAINING,
  /** Exported models: plain ONNX that every runtime executes. */
  INFERENCE
}
