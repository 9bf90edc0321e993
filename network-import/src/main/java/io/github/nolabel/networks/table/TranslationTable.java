package io.github.nolabel.networks.table;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Operator name to what becomes of it. Immutable; built once by {@link Builder}. */
public final class TranslationTable {

  private final Map<String, Row> rows;

  private TranslationTable(Map<String, Row> rows) {
    this.rows = Collections.unmodifiableMap(new TreeMap<>(rows));
  }

  /** What an application of an operator gives. */
  @FunctionalInterface
  public interface Rule {
    List<FileValue> apply(OperatorCall call);
  }

  /** A rule with one result that the graph computes. */
  @FunctionalInterface
  public interface LiveRule {
    io.github.nolabel.graph.Value apply(OperatorCall call);
  }

  /** A rule with one result that is known at once. */
  @FunctionalInterface
  public interface FoldRule {
    Constant apply(OperatorCall call);
  }

  /** Operators that the graph can compute, and not only constants. */
  public SortedSet<String> liveOps() {
    return ops(row -> row.live != null);
  }

  /** Operators on constants. */
  public SortedSet<String> foldedOps() {
    return ops(row -> row.fold != null);
  }

  private SortedSet<String> ops(Predicate<Row> kind) {
    SortedSet<String> ops = new TreeSet<>();
    rows.forEach(
        (op, row) -> {
          if (kind.test(row)) {
            ops.add(op);
          }
        });
    return ops;
  }

  /** The rule for inputs that are all known, where there is one. */
  Optional<Rule> folding(String op) {
    return Optional.ofNullable(rows.get(op)).map(row -> row.fold);
  }

  Optional<Rule> computing(String op) {
    return Optional.ofNullable(rows.get(op)).map(row -> row.live);
  }

  private record Row(@Nullable Rule fold, @Nullable Rule live) {}

  /** Collects rows; refuses a second one of a kind for an operator. */
  public static final class Builder {

    private final Map<String, Row> rows = new TreeMap<>();

    /** How the graph computes it. */
    public Builder live(String op, LiveRule rule) {
      return rule(op, call -> List.of(new FileValue.Live(rule.apply(call))));
    }

    /** As {@link #live}, with any number of results. */
    public Builder rule(String op, Rule rule) {
      Row row = rows.getOrDefault(op, new Row(null, null));
      requireFree(op, row.live);
      rows.put(op, new Row(row.fold, rule));
      return this;
    }

    /** What it gives where all inputs are known. */
    public Builder fold(String op, FoldRule rule) {
      Row row = rows.getOrDefault(op, new Row(null, null));
      requireFree(op, row.fold);
      rows.put(op, new Row(call -> List.of(rule.apply(call)), row.live));
      return this;
    }

    public TranslationTable build() {
      return new TranslationTable(rows);
    }

    private static void requireFree(String op, @Nullable Rule rule) {
      if (rule != null) {
        throw new IllegalStateException("Operator '" + op + "' already has a rule.");
      }
    }
  }
}
