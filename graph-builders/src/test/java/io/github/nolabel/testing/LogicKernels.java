package io.github.nolabel.testing;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Node;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;

final class LogicKernels {

  private LogicKernels() {}

  /** A relation between two numbers. */
  @FunctionalInterface
  private interface Relation {
    boolean holds(double a, double b);
  }

  static void addTo(Map<String, Kernel> kernels) {
    kernels.put("Equal", compare((a, b) -> a == b));
    kernels.put("Less", compare((a, b) -> a < b));
    kernels.put("Greater", compare((a, b) -> a > b));
    kernels.put("And", compare((a, b) -> a != 0 && b != 0));
    kernels.put("Or", compare((a, b) -> a != 0 || b != 0));
    kernels.put("Not", test(x -> x == 0));
    kernels.put("IsNaN", test(Double::isNaN));
    kernels.put("IsInf", test(Double::isInfinite));
    kernels.put("Where", Kernel.of((n, in) -> where(in)));
    kernels.put("Cast", Kernel.of(LogicKernels::cast));
    kernels.put("ElementCount", Kernel.of((n, in) -> Nd.scalar(in.get(0).size())));
    kernels.put("RowNumbers", Kernel.of((n, in) -> numbers(in.get(0).extent(0))));
    kernels.put("Numbers", Kernel.of((n, in) -> numbers((int) n.attributes().integer("count"))));
  }

  private static Nd numbers(int count) {
    return Nd.integers(new int[] {count}, i -> i);
  }

  private static Kernel compare(Relation relation) {
    return Kernel.of(
        (n, in) -> {
          int[] shape = Index.broadcast(in.get(0).shape(), in.get(1).shape());
          Nd a = in.get(0).broadcastTo(shape);
          Nd b = in.get(1).broadcastTo(shape);
          return Nd.booleans(shape, i -> relation.holds(a.at(i), b.at(i)) ? 1 : 0);
        });
  }

  private static Kernel test(DoublePredicate predicate) {
    return Kernel.of(
        (n, in) -> {
          Nd x = in.get(0);
          return Nd.booleans(x.shape(), i -> predicate.test(x.at(i)) ? 1 : 0);
        });
  }

  private static Nd where(List<Nd> in) {
    int[] branches = Index.broadcast(in.get(1).shape(), in.get(2).shape());
    int[] shape = Index.broadcast(in.get(0).shape(), branches);
    Nd condition = in.get(0).broadcastTo(shape);
    Nd a = in.get(1).broadcastTo(shape);
    Nd b = in.get(2).broadcastTo(shape);
    return a.type() == ElementType.INT64
        ? Nd.integers(shape, i -> (condition.at(i) != 0 ? a : b).integerAt(i))
        : Nd.of(shape, i -> condition.at(i) != 0 ? a.at(i) : b.at(i));
  }

  private static Nd cast(Node node, List<Nd> in) {
    Nd x = in.get(0);
    ElementType type = node.output().type();
    return switch (type) {
      case FLOAT, DOUBLE -> Nd.of(x.shape(), x::at);
      case INT64 -> Nd.integers(x.shape(), i -> (long) x.at(i));
      case BOOL -> Nd.booleans(x.shape(), i -> x.at(i) != 0 ? 1 : 0);
      default -> throw new IllegalStateException("no cast to " + type);
    };
  }
}
