package io.github.nolabel.networks.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A function that the file brings along.
 *
 * @param defaults attributes that a call need not give
 * @param opset version of the standard operators within
 */
public record OnnxFunction(
    List<String> inputs,
    List<String> outputs,
    Map<String, Object> defaults,
    List<OnnxNode> nodes,
    long opset) {

  public OnnxFunction {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    defaults = Collections.unmodifiableMap(new LinkedHashMap<>(defaults));
    nodes = List.copyOf(nodes);
  }
}
