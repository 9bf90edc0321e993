package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.model.AttributeProto;
import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets products read their inputs turned, instead of turned copies of them. ONNX Runtime does the
 * same for its own kernels and passes by those that are registered.
 */
public final class ProductModel {

  private final Map<String, NodeProto> turned = new HashMap<>();
  private final Set<String> read;
  private final List<NodeProto> written = new ArrayList<>();

  private ProductModel(List<String> results) {
    read = new HashSet<>(results);
  }

  /** For a session whose products have kernels. */
  public static byte[] rewritten(byte[] model) {
    return rewritten(model, GraphProto.of(model));
  }

  private static byte[] rewritten(byte[] model, GraphProto graph) {
    if (graph.hasInnerGraphs()) {
      return model;
    }
    ProductModel products = new ProductModel(graph.results());
    graph.nodes().forEach(products::add);
    return graph.with(products.withoutUnread());
  }

  private void add(NodeProto node) {
    if (turnsMatrices(node)) {
      turned.put(node.outputs().get(0), node);
    }
    NodeProto result = isProduct(node) ? reading(node) : node;
    read.addAll(result.inputs());
    written.add(result);
  }

  private static boolean isProduct(NodeProto node) {
    return node.is("", "MatMul")
        || (node.is("com.microsoft", "FusedMatMul")
            && node.whole("transBatchA", 0) == 0
            && node.whole("transBatchB", 0) == 0);
  }

  /** ONNX Runtime's optimizer wants all attributes to be there. */
  private NodeProto reading(NodeProto node) {
    List<@Nullable NodeProto> turns = new ArrayList<>();
    List<String> inputs = new ArrayList<>();
    for (String input : node.inputs()) {
      NodeProto turn = turned.get(input);
      turns.add(turn);
      inputs.add(turn == null ? input : turn.inputs().get(0));
    }
    List<ByteBuffer> attributes =
        List.of(
            flag("transA", (node.whole("transA", 0) != 0) ^ (turns.get(0) != null)),
            flag("transB", (node.whole("transB", 0) != 0) ^ (turns.get(1) != null)),
            flag("transBatchA", false),
            flag("transBatchB", false),
            AttributeProto.number("alpha", node.number("alpha", 1)));
    return inputs.equals(node.inputs())
        ? node
        : new NodeProto(
            "com.microsoft", "FusedMatMul", node.name(), inputs, node.outputs(), attributes);
  }

  private static ByteBuffer flag(String name, boolean set) {
    return AttributeProto.whole(name, set ? 1 : 0);
  }

  /** Transposed copies that nobody reads any more are left out. */
  private List<NodeProto> withoutUnread() {
    return written.stream()
        .filter(node -> !turnsMatrices(node) || read.contains(node.outputs().get(0)))
        .toList();
  }

  /** Whether the node swaps rows and columns and nothing else. */
  private static boolean turnsMatrices(NodeProto node) {
    if (!node.domain().isEmpty() || !node.type().equals("Transpose")) {
      return false;
    }
    List<Long> order = node.wholes("perm");
    int rank = order.size();
    for (int axis = 0; axis < rank - 2; axis++) {
      if (order.get(axis) != axis) {
        return false;
      }
    }
    return rank >= 2 && order.get(rank - 2) == rank - 1 && order.get(rank - 1) == rank - 2;
  }
}
