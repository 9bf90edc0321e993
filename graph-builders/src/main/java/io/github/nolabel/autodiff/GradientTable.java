package io.github.nolabel.autodiff;

import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** Operator name to one rule per input. Immutable; built once by {@link Builder}. */
public final class GradientTable {

  private final SortedMap<String, Row> rules;

  private GradientTable(Map<String, Row> rules) {
    this.rules = Collections.unmodifiableSortedMap(new TreeMap<>(rules));
  }

  public Optional<InputRule> rule(String op, int input) {
    return Optional.ofNullable(rules.get(op)).map(row -> row.ofInput().apply(input));
  }

  /** Every operator with a row. */
  public SortedSet<String> ops() {
    return new TreeSet<>(rules.keySet());
  }

  /** Every operator with a gradient for some input. */
  public SortedSet<String> differentiableOps() {
    SortedSet<String> ops = new TreeSet<>();
    rules.forEach(
        (op, row) -> {
          if (row.differentiable()) {
            ops.add(op);
          }
        });
    return ops;
  }

  /** The derivative of {@code y = f(x)}. */
  @FunctionalInterface
  public interface Unary {
    Value apply(Ops g, Value x, Value y, Value dy);
  }

  /** A partial derivative of {@code y = f(a, b)}. */
  @FunctionalInterface
  public interface Binary {
    Value apply(Ops g, Value a, Value b, Value y, Value dy);
  }

  /** A derivative that needs the node's attributes. */
  @FunctionalInterface
  public interface OfNode {
    Value apply(Ops g, Node node, Value dy);
  }

  /** The derivative for one of any number of inputs. */
  @FunctionalInterface
  public interface OfInput {
    Value apply(Ops g, Node node, int input, Value dy);
  }

  private record Row(boolean differentiable, IntFunction<InputRule> ofInput) {
    static boolean isDifferentiable(InputRule rule) {
      return rule instanceof InputRule.Differentiable;
    }
  }

  /** Collects rules; refuses a second one for an operator. */
  public static final class Builder {

    private final Map<String, Row> rules = new TreeMap<>();

    public Builder unary(String op, Unary rule) {
      return put(op, pullback((g, n, dy) -> rule.apply(g, n.input(0), n.output(), dy)));
    }

    public Builder binary(String op, Binary first, Binary second) {
      return put(op, partial(first), partial(second));
    }

    /** One rule per input, each seeing the node and the first output's cotangent. */
    public Builder ofNode(String op, OfNode... perInput) {
      return put(op, Arrays.stream(perInput).map(Builder::pullback).toArray(InputRule[]::new));
    }

    public Builder nonDifferentiable(String... ops) {
      for (String op : ops) {
        put(op, new InputRule.NonDifferentiable());
      }
      return this;
    }

    public Builder unsupported(String op, String reason) {
      return put(op, new InputRule.Unsupported(reason));
    }

    /** One rule for each of the fixed number of inputs. */
    public Builder put(String op, InputRule... perInput) {
      List<InputRule> row = List.of(perInput);
      return put(
          op,
          new Row(
              row.stream().anyMatch(Row::isDifferentiable),
              i -> row.get(Math.min(i, row.size() - 1))));
    }

    /** One differentiable rule for any number of inputs, told which of them it is for. */
    public Builder variadic(String op, OfInput rule) {
      return put(
          op,
          new Row(
              true,
              input ->
                  new InputRule.Differentiable(
                      (g, node, dy) -> rule.apply(g, node, input, dy.first()))));
    }

    private Builder put(String op, Row row) {
      if (rules.putIfAbsent(op, row) != null) {
        throw new IllegalStateException("Operator '" + op + "' already has a gradient rule.");
      }
      return this;
    }

    public GradientTable build() {
      return new GradientTable(rules);
    }

    private static InputRule partial(Binary rule) {
      return pullback((g, n, dy) -> rule.apply(g, n.input(0), n.input(1), n.output(), dy));
    }

    private static InputRule pullback(OfNode rule) {
      return new InputRule.Differentiable((g, node, dy) -> rule.apply(g, node, dy.first()));
    }
  }
}
