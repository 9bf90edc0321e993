package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.maps.MapOperators.Need;
import io.github.nolabel.runtime.kernels.maps.MapOperators.Row;
import io.github.nolabel.runtime.kernels.model.GraphProto;
import io.github.nolabel.runtime.kernels.model.NodeProto;
import io.github.nolabel.runtime.kernels.model.OperatorSets;
import io.github.nolabel.runtime.kernels.node.Operator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Keeps feature maps in the kernels' layout from operator to operator: nodes that have kernels for
 * it are replaced, and nodes that rewrite a map stand where it comes from, or is read by, others. A
 * map in the kernels' layout is another tensor than the one whose name it has.
 */
public final class MapModel {

  private static final String SUFFIX = "/maps";

  private final List<NodeProto> nodes;
  private final List<String> results;
  private final Map<NodeProto, Operator> replaced = new HashMap<>();
  private final Set<String> maps = new HashSet<>();

  /** Those, and what is rewritten into their layout. */
  private final Set<String> readable = new HashSet<>();

  private final List<NodeProto> written = new ArrayList<>();
  private final Set<String> entered = new HashSet<>();
  private final Set<String> left = new HashSet<>();
  private int stayed;

  private MapModel(List<NodeProto> nodes, List<String> results) {
    this.nodes = nodes;
    this.results = results;
  }

  /**
   * The same model where nothing is gained.
   *
   * @param always whether to rewrite it even then
   */
  public static byte[] rewritten(byte[] model, boolean always) {
    return rewritten(model, GraphProto.of(model), always);
  }

  private static byte[] rewritten(byte[] model, GraphProto graph, boolean always) {
    if (graph.hasInnerGraphs()) {
      return model;
    }
    MapModel maps =
        new MapModel(PoolingGradients.of(graph.nodes(), graph.results()), graph.results());
    maps.find();
    maps.write();
    return maps.pays() || always
        ? OperatorSets.named(graph.with(FusedMaps.of(maps.written)), MapOperators.DOMAIN)
        : model;
  }

  /** A tensor that is rewritten costs about as much as one that isn't saves. */
  private boolean pays() {
    return entered.size() + left.size() < stayed;
  }

  private void find() {
    for (NodeProto node : nodes) {
      MapOperators.inPlaceOf(node.domain(), node.type())
          .filter(row -> node.outputs().size() <= row.getValue().outputs().all())
          .filter(row -> isMet(row.getKey(), row.getValue(), node))
          .ifPresent(
              row -> {
                replaced.put(node, row.getValue());
                maps.addAll(node.outputs(row.getValue().maps().outputs()));
                readable.addAll(node.outputs(row.getValue().maps().outputs()));
                readable.addAll(node.inputs(row.getValue().maps().inputs()));
              });
    }
  }

  private boolean isMet(Row row, Operator operator, NodeProto node) {
    List<String> read = node.inputs(operator.maps().inputs());
    return row.need() == Need.NONE
        || (row.need() == Need.ONE
            ? read.stream().anyMatch(readable::contains)
            : readable.containsAll(read));
  }

  private void write() {
    for (NodeProto node : nodes) {
      Operator operator = replaced.get(node);
      if (operator == null && node.asksForExtents()) {
        written.add(node.reading(maps, SUFFIX));
      } else if (operator == null) {
        node.inputs().forEach(this::leave);
        written.add(node);
      } else {
        replace(node, operator);
      }
    }
    results.forEach(this::leave);
  }

  private void replace(NodeProto node, Operator operator) {
    node.inputs(operator.maps().inputs()).forEach(this::enter);
    for (int i = 0; i < node.inputs().size(); i++) {
      if (!operator.maps().inputs().contains(i)) {
        leave(node.inputs().get(i));
      }
    }
    written.add(node.as(operator, SUFFIX));
  }

  private void enter(String tensor) {
    if (maps.contains(tensor)) {
      stayed++;
    } else if (entered.add(tensor)) {
      written.add(NodeProto.of(MapOperators.ENTRY, tensor, tensor + SUFFIX));
    }
  }

  private void leave(String tensor) {
    if (maps.contains(tensor) && left.add(tensor)) {
      written.add(NodeProto.of(MapOperators.EXIT, tensor + SUFFIX, tensor));
    }
  }
}
