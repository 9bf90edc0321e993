package io.github.nolabel.networks;

import io.github.nolabel.testing.OnnxDraft;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One application of an operator in a file of its own.
 *
 * @param line what computes {@code y}, from {@code images}, float[N, 3, 4, 4], and what {@link
 *     OperatorInputs} names
 * @param folded whether all inputs are constants
 * @param constant whether the result is one
 */
record OperatorCase(
    long opset, String line, List<Object> attributes, boolean folded, boolean constant) {

  static final int IMAGE_SIZE = 4;

  static OperatorCase live(long opset, String line, Object... attributes) {
    return new OperatorCase(opset, line, List.of(attributes), false, false);
  }

  static OperatorCase fold(long opset, String line, Object... attributes) {
    return new OperatorCase(opset, line, List.of(attributes), true, true);
  }

  OperatorCase resultIsConstant() {
    return new OperatorCase(opset, line, attributes, folded, true);
  }

  String op() {
    return line.substring(line.indexOf("= ") + 2, line.indexOf('('));
  }

  /** The file; its output is {@code y} as numbers, image by image. */
  OnnxDraft draft() {
    OnnxDraft draft = new OnnxDraft(opset).input("images", -1, 3, IMAGE_SIZE, IMAGE_SIZE);
    inputsBefore(draft);
    draft.node(line, attributes.toArray()).node("numbers = Cast(y)", "to", 1);
    if (!constant) {
      return draft.node("out = Flatten(numbers)").output("out");
    }
    return draft
        .longs("row_shape", 1, -1)
        .node("row = Reshape(numbers, row_shape)")
        .node("out = Add(column, row)")
        .output("out");
  }

  private void inputsBefore(OnnxDraft draft) {
    Map<String, Boolean> known = new LinkedHashMap<>(Map.of("images", true));
    Deque<String> wanted = new ArrayDeque<>(OperatorInputs.named(line));
    if (constant) {
      wanted.add("column");
    }
    while (!wanted.isEmpty()) {
      String name = wanted.poll();
      if (known.putIfAbsent(name, true) == null) {
        OperatorInputs.add(draft, name);
      }
    }
  }

  @Override
  public String toString() {
    return "%s, opset %d %s".formatted(line, opset, OperatorInputs.text(attributes));
  }
}
