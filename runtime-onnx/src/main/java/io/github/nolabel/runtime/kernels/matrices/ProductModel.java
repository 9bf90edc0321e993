package io.github.nolabel.runtime.kernels.matrices;

import io.github.nolabel.runtime.kernels.model.AttributeProto;
import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeLinks;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets products read their inputs turned, instead of turned copies of them, write results turned
 * that are read so, and multiply by numbers. ONNX Runtime does so for its own kernels and passes by
 * those that are registered.
 */
public final class ProductModel {

  private static final String MICROSOFT = "com.microsoft";

  private final Map<String, NodeProto> turned = new HashMap<>();
  private final List<String> results;
  private final NodeLinks links;
  private final Map<String, List<Long>> known;
  private final Set<String> made = new HashSet<>();
  private final List<NodeProto> written = new ArrayList<>();

  private ProductModel(GraphProto graph, List<NodeProto> nodes) {
    results = graph.results();
    links = new NodeLinks(nodes, results);
    known = graph.known();
  }

  /** For a session whose products have kernels. */
  public static byte[] rewritten(byte[] model) {
    return rewritten(model, GraphProto.of(model));
  }

  private static byte[] rewritten(byte[] model, GraphProto graph) {
    if (graph.hasInnerGraphs()) {
      return model;
    }
    List<NodeProto> nodes = ScaledProducts.of(graph);
    ProductModel products = new ProductModel(graph, nodes);
    nodes.forEach(products::add);
    return graph.with(products.withoutUnread());
  }

  private void add(NodeProto node) {
    if (made.containsAll(node.outputs())) {
      return;
    }
    if (turnsMatrices(node)) {
      turned.put(node.outputs().get(0), node);
    }
    written.add(isRewritable(node) ? reading(writing(node)) : node);
  }

  /** Whether it is a product whose factors and result others can take the place of. */
  static boolean isRewritable(NodeProto node) {
    return node.is("", "MatMul")
        || (node.is(MICROSOFT, "FusedMatMul")
            && node.whole("transBatchA", 0) == 0
            && node.whole("transBatchB", 0) == 0);
  }

  /** The product as what its only reader makes of it: {@code (a b)' = b' a'}. */
  private NodeProto writing(NodeProto node) {
    Optional<NodeProto> turn =
        links
            .onlyReader(node.outputs().get(0), "Transpose")
            .filter(ProductModel::turnsMatrices)
            .filter(t -> mayTurn(node, t.wholes("perm").size()));
    if (turn.isEmpty()) {
      return node;
    }
    made.addAll(turn.get().outputs());
    return fused(
        node.writing(turn.get().outputs()),
        List.of(node.inputs().get(1), node.inputs().get(0)),
        !isTurned(node, "transB"),
        !isTurned(node, "transA"));
  }

  /**
   * Whether both factors are matrices, as a vector would leave the result with fewer axes than the
   * other one has. As rows of the result the shorter side is the quicker one.
   */
  private boolean mayTurn(NodeProto node, int rank) {
    List<Long> result = known.getOrDefault(node.outputs().get(0), List.of());
    boolean wide = result.size() == 2 && result.get(0) < result.get(1);
    return !wide
        && node.inputs().stream()
            .map(turned::get)
            .anyMatch(turn -> turn != null && turn.wholes("perm").size() <= rank);
  }

  private NodeProto reading(NodeProto node) {
    String a = lying(node.inputs().get(0));
    String b = lying(node.inputs().get(1));
    return List.of(a, b).equals(node.inputs())
        ? node
        : fused(
            node,
            List.of(a, b),
            isTurned(node, "transA") ^ isOddly(node.inputs().get(0)),
            isTurned(node, "transB") ^ isOddly(node.inputs().get(1)));
  }

  /** What this tensor is a turned copy of, maybe of a turned copy. */
  private String lying(String tensor) {
    NodeProto turn = turned.get(tensor);
    return turn == null ? tensor : lying(turn.inputs().get(0));
  }

  /** Whether it was turned an odd number of times since then. */
  private boolean isOddly(String tensor) {
    NodeProto turn = turned.get(tensor);
    return turn != null && !isOddly(turn.inputs().get(0));
  }

  private static boolean isTurned(NodeProto node, String flag) {
    return node.whole(flag, 0) != 0;
  }

  /** The product of other factors times a number. */
  static NodeProto fused(NodeProto node, List<String> inputs, float alpha) {
    return fused(node, inputs, isTurned(node, "transA"), isTurned(node, "transB"), alpha);
  }

  private static NodeProto fused(NodeProto node, List<String> inputs, boolean a, boolean b) {
    return fused(node, inputs, a, b, node.number("alpha", 1));
  }

  /** ONNX Runtime's optimizer wants all attributes to be there. */
  private static NodeProto fused(
      NodeProto node, List<String> inputs, boolean a, boolean b, float alpha) {
    List<ByteBuffer> attributes =
        List.of(
            flag("transA", a),
            flag("transB", b),
            flag("transBatchA", false),
            flag("transBatchB", false),
            AttributeProto.number("alpha", alpha));
    return new NodeProto(MICROSOFT, "FusedMatMul", node.name(), inputs, node.outputs(), attributes);
  }

  private static ByteBuffer flag(String name, boolean set) {
    return AttributeProto.whole(name, set ? 1 : 0);
  }

  /** Turned copies that nobody reads any more are left out. */
  private List<NodeProto> withoutUnread() {
    Set<String> read = new HashSet<>(results);
    Deque<NodeProto> kept = new ArrayDeque<>();
    for (int i = written.size() - 1; i >= 0; i--) {
      NodeProto node = written.get(i);
      if (!turnsMatrices(node) || read.contains(node.outputs().get(0))) {
        read.addAll(node.inputs());
        kept.addFirst(node);
      }
    }
    return List.copyOf(kept);
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
