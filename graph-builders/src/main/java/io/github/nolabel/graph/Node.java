package io.github.nolabel.graph;

import java.util.List;

/**
 * One operator application. Operators are ONNX's by name and meaning; what ONNX passes as constant
 * tensors (axes, shapes, pads) are attributes here, so that all inputs are data.
 */
public record Node(String op, List<Value> inputs, List<Value> outputs, Attributes attributes) {

  public Node {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }

  public Value input(int index) {
    return inputs.get(index);
  }

  /** The first output; most operators have no other. */
  public Value output() {
    return outputs.get(0);
  }

  @Override
  public String toString() {
    String results = String.join(", ", outputs.stream().map(Value::toString).toList());
    String operands = String.join(", ", inputs.stream().map(Value::name).toList());
    return "%s = %s(%s)%s"
        .formatted(results, op, operands, attributes.isEmpty() ? "" : " " + attributes);
  }
}
