package io.github.nolabel.networks.table;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.networks.file.OnnxGraph;
import java.util.List;
import java.util.Optional;

/** A node's attributes by type; one of the wrong type is a damaged file. */
public final class NodeAttributes {

  private final OperatorCall call;

  NodeAttributes(OperatorCall call) {
    this.call = call;
  }

  public boolean has(String name) {
    return call.node().attributes().containsKey(name);
  }

  public long integer(String name, long otherwise) {
    return find(name, Long.class).orElse(otherwise);
  }

  public boolean flag(String name, boolean otherwise) {
    return integer(name, otherwise ? 1 : 0) != 0;
  }

  public double number(String name, double otherwise) {
    return find(name, Double.class).orElse(otherwise);
  }

  public String text(String name, String otherwise) {
    return find(name, String.class).orElse(otherwise);
  }

  public Optional<Tensor> tensor(String name) {
    return find(name, Tensor.class);
  }

  public Optional<OnnxGraph> graph(String name) {
    return find(name, OnnxGraph.class);
  }

  /** Empty if there is none. */
  public List<Long> integers(String name) {
    return list(name, Long.class);
  }

  /** Empty if there is none. */
  public List<Double> numbers(String name) {
    return list(name, Double.class);
  }

  /** What newer operators take as an input and older ones as an attribute; empty if neither. */
  public Optional<List<Long>> integers(String name, int input) {
    if (call.has(input)) {
      return Optional.of(call.known(input).integers());
    }
    return has(name) ? Optional.of(integers(name)) : Optional.empty();
  }

  private <T> List<T> list(String name, Class<T> type) {
    return find(name, List.class).stream()
        .flatMap(found -> ((List<?>) found).stream())
        .map(element -> cast(name, element, type))
        .toList();
  }

  private <T> Optional<T> find(String name, Class<T> type) {
    return Optional.ofNullable(call.node().attributes().get(name)).map(v -> cast(name, v, type));
  }

  private <T> T cast(String name, Object value, Class<T> type) {
    if (!type.isInstance(value)) {
      throw call.refuse(
          "attribute '%s' is of the wrong type".formatted(name), "The file is damaged.");
    }
    return type.cast(value);
  }
}
