package io.github.nolabel.joint;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Value;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the images of a batch first meet. Before the cut, every image passes by itself (but for
 * batch normalisation, which sees those that pass with it); behind it are losses that compare
 * images, queues, means over the batch.
 */
final class BatchCut {

  private final Map<Value, Rows> rows = new HashMap<>();
  private final Set<Value> statistics = new HashSet<>();
  private final Set<Value> behind = new HashSet<>();
  private final Map<Value, Rows> cut = new LinkedHashMap<>();

  private BatchCut(List<Value> inputs) {
    inputs.stream()
        .filter(input -> input.shape().rank() > 0)
        .forEach(input -> rows.put(input, rows(input)));
  }

  private static Rows rows(Value input) {
    return Rows.ofInput(input)
        .orElseThrow(
            () ->
                new UserMistake(
                    "optimizer.jointBatch passes the images of an update in parts, but the network reads '%s' for a fixed number of images. Leave the option out that splits batches, such as batchNormGroups, or jointBatch."
                        .formatted(input)));
  }

  /**
   * @param nodes of a forward pass
   * @throws UserMistake if an input does not grow with the batch
   * @throws IllegalStateException if what lies behind the cut reads statistics of a layer
   */
  static BatchCut of(List<Value> inputs, List<Node> nodes) {
    BatchCut cut = new BatchCut(inputs);
    nodes.forEach(cut::pass);
    return cut;
  }

  private void pass(Node node) {
    Map<Value, Rows> here = new HashMap<>();
    for (Value input : node.inputs()) {
      Rows known = rows.get(input);
      if (known != null) {
        here.put(input, known);
      }
    }
    if (node.inputs().stream().anyMatch(behind::contains)) {
      meet(node, here);
    } else if (!here.isEmpty()) {
      passRows(node, here);
    } else if (node.inputs().stream().anyMatch(statistics::contains)) {
      statistics.addAll(node.outputs());
    }
  }

  private void passRows(Node node, Map<Value, Rows> here) {
    RowRule rule = RowRules.of(node.op());
    Optional<Rows> first = rule.apply(node, node.output(), here);
    if (first.isEmpty()) {
      meet(node, here);
      return;
    }
    for (Value output : node.outputs()) {
      rule.apply(node, output, here)
          .ifPresentOrElse(r -> rows.put(output, r), () -> statistics.add(output));
    }
  }

  private void meet(Node node, Map<Value, Rows> here) {
    if (node.inputs().stream().anyMatch(statistics::contains)) {
      throw new IllegalStateException(
          "'%s' compares images by what a layer saw of a batch".formatted(node));
    }
    node.inputs().stream().filter(here::containsKey).forEach(x -> cut.put(x, here.get(x)));
    behind.addAll(node.outputs());
  }

  /** The values that are cut, with where the images lie in them, in the order of their making. */
  Map<Value, Rows> values() {
    return cut;
  }

  /** Where the images are in a value before the cut; null elsewhere. */
  Map<Value, Rows> rows() {
    return rows;
  }

  /** Whether some of the values come of several images. */
  boolean behind(Collection<Value> values) {
    return values.stream().anyMatch(behind::contains);
  }
}
