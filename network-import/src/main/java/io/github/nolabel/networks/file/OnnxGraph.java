package io.github.nolabel.networks.file;

import io.github.nolabel.api.Tensor;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Nodes in an order in which they can run.
 *
 * @param inputs those that are fed, without the initializers
 * @param initializers by name: floats of any width as FLOAT, integers as INT64, BOOL
 */
public record OnnxGraph(
    List<Input> inputs,
    List<String> outputs,
    Map<String, Tensor> initializers,
    List<OnnxNode> nodes) {

  public OnnxGraph {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    initializers = Collections.unmodifiableMap(new LinkedHashMap<>(initializers));
    nodes = List.copyOf(nodes);
  }

  /**
   * @param type as ONNX numbers the types of elements
   * @param extents empty where they are free
   */
  public record Input(String name, int type, List<OptionalLong> extents) {
    public Input {
      extents = List.copyOf(extents);
    }
  }
}
