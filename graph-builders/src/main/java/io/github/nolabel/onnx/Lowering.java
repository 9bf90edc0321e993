package io.github.nolabel.onnx;

import io.github.nolabel.graph.Node;

/** What one node of ours becomes in ONNX. */
@FunctionalInterface
public interface Lowering {

  /** Appends nodes whose results are {@link OnnxNodes#outputs} of {@code node}. */
  void lower(Node node, OnnxNodes onnx);
}
