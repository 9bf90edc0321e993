package io.github.nolabel.networks.file;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One application of an operator or function.
 *
 * @param inputs names of values; an empty one is left out
 * @param attributes {@link Long}, {@link Double}, {@link String}, {@link
 *     io.github.nolabel.api.Tensor}, {@link OnnxGraph}, lists of longs, doubles or strings, or an
 *     {@link AttributeReference}
 */
public record OnnxNode(
    String name,
    OnnxOperator operator,
    List<String> inputs,
    List<String> outputs,
    Map<String, Object> attributes) {

  public OnnxNode {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    attributes = Collections.unmodifiableMap(new LinkedHashMap<>(attributes));
  }

  /** In a function: the attribute is that of the call. */
  public record AttributeReference(String name) {}

  /** How to call it in messages. */
  public String described() {
    String named = name.isEmpty() && !outputs.isEmpty() ? outputs.get(0) : name;
    return "node '%s' (%s)".formatted(named, operator);
  }
}
