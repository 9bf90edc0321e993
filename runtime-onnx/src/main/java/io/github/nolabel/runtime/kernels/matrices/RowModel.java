package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.model.AttributeProto;
import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import io.github.nolabel.runtime.kernels.model.OperatorSets;
import io.github.nolabel.runtime.kernels.node.Operator;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps tensors in bf16 that go from product to product, with nothing between but what rounds
 * little: biases, GELU, their gradients, and moves. What a layer normalisation writes for products
 * alone is rounded once, for the gradients too. Weights, their gradients, softmax, normalisation
 * and sums stay float32. A rounded tensor is another one than that whose name it has.
 */
public final class RowModel {

  private static final String SUFFIX = "/rows";

  private final Set<String> rounded;
  private final Map<String, List<Long>> lists;
  private final List<NodeProto> written = new ArrayList<>();

  private RowModel(Set<String> rounded, Map<String, List<Long>> lists) {
    this.rounded = rounded;
    this.lists = lists;
  }

  /** For a session whose products multiply bf16; the same model where nothing is gained. */
  public static byte[] rewritten(byte[] model) {
    return rewritten(model, GraphProto.of(model));
  }

  private static byte[] rewritten(byte[] model, GraphProto graph) {
    if (graph.hasInnerGraphs()) {
      return model;
    }
    List<NodeProto> nodes = BiasedProducts.of(graph);
    Set<String> rounded = RoundedTensors.of(nodes, graph.results(), graph.lists());
    RowModel rows = new RowModel(rounded, graph.lists());
    nodes.forEach(rows::write);
    return rows.written.equals(graph.nodes())
        ? model
        : OperatorSets.named(graph.with(rows.written), RowOperators.DOMAIN);
  }

  private void write(NodeProto node) {
    if (BiasedProducts.isProduct(node)) {
      written.add(product(node));
    } else if (node.inputs().stream().anyMatch(rounded::contains)) {
      written.add(reading(node));
    } else {
      written.add(node);
      node.outputs().stream().filter(rounded::contains).forEach(this::round);
    }
  }

  private void round(String tensor) {
    written.add(NodeProto.of(RowOperators.ROUNDING, tensor, tensor + SUFFIX));
  }

  private NodeProto product(NodeProto node) {
    Set<Integer> read = places(node.inputs());
    Set<Integer> result = places(node.outputs());
    return read.isEmpty() && result.isEmpty()
        ? node
        : node.as(RowOperators.product(read, result), SUFFIX);
  }

  private Set<Integer> places(List<String> tensors) {
    Set<Integer> places = new HashSet<>();
    for (int i = 0; i < tensors.size(); i++) {
      if (rounded.contains(tensors.get(i))) {
        places.add(i);
      }
    }
    return places;
  }

  private NodeProto reading(NodeProto node) {
    if (RoundedTensors.isGelu(node)) {
      return node.as(RowOperators.elementwise(node), SUFFIX);
    }
    int axes = RoundedTensors.leadingAxes(node, lists);
    if (axes > 0) {
      return sum(node, axes);
    }
    List<String> outputs =
        node.outputs().stream().map(o -> rounded.contains(o) ? o + SUFFIX : o).toList();
    return node.reading(rounded, SUFFIX).writing(outputs);
  }

  private static NodeProto sum(NodeProto node, int axes) {
    Operator sum = RowOperators.LEADING_SUM;
    List<ByteBuffer> attributes = new ArrayList<>(node.attributes());
    attributes.add(AttributeProto.whole(LeadingSumKernel.AXES, axes));
    List<String> read = List.of(node.inputs().get(0) + SUFFIX);
    return new NodeProto(sum.domain(), sum.name(), node.name(), read, node.outputs(), attributes);
  }
}
