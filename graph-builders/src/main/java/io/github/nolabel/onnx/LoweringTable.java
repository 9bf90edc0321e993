package io.github.nolabel.onnx;

import io.github.nolabel.graph.Node;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Operator and target to what it becomes in ONNX. Immutable; built once by {@link Builder}. */
public final class LoweringTable {

  private final Map<Row, Lowering> rows;

  private LoweringTable(Map<Row, Lowering> rows) {
    this.rows = Map.copyOf(rows);
  }

  private record Row(String op, Target target) {}

  /** The rows of this library, and those of plug-ins that its class loader sees. */
  public static LoweringTable standard() {
    Builder table = new Builder();
    StandardLowerings.addTo(table);
    ServiceLoader.load(LoweringProvider.class, LoweringTable.class.getClassLoader())
        .forEach(provider -> provider.addTo(table));
    return table.build();
  }

  /** The row of a node, or its own operator as it is. */
  Lowering of(Node node, Target target) {
    return rows.getOrDefault(new Row(node.op(), target), StandardLowerings.AS_IT_IS);
  }

  /** Every operator with a row. */
  public SortedSet<String> ops() {
    SortedSet<String> ops = new TreeSet<>();
    rows.keySet().forEach(row -> ops.add(row.op()));
    return ops;
  }

  /** Collects rows; refuses a second one for an operator and target. */
  public static final class Builder {

    private final Map<Row, Lowering> rows =
        new TreeMap<>(java.util.Comparator.comparing(Row::op).thenComparing(Row::target));

    /** One row for all targets. */
    public Builder put(String op, Lowering lowering) {
      for (Target target : Target.values()) {
        put(op, target, lowering);
      }
      return this;
    }

    public Builder put(String op, Target target, Lowering lowering) {
      if (rows.putIfAbsent(new Row(op, target), lowering) != null) {
        throw new IllegalStateException(
            "Operator '%s' already has a lowering for %s.".formatted(op, target));
      }
      return this;
    }

    public LoweringTable build() {
      return new LoweringTable(rows);
    }
  }
}
