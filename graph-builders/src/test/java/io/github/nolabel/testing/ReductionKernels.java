package io.github.nolabel.testing;

import io.github.nolabel.graph.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

final class ReductionKernels {

  private ReductionKernels() {}

  static void addTo(Map<String, Kernel> kernels) {
    kernels.put("ReduceSum", reduce(DoubleStream::sum));
    kernels.put("ReduceMean", reduce(v -> v.average().orElseThrow()));
    kernels.put("ReduceMax", reduce(v -> v.max().orElseThrow()));
    kernels.put("ReduceMin", reduce(v -> v.min().orElseThrow()));
    kernels.put("ReduceLogSumExp", reduce(ReductionKernels::logSumExp));
  }

  private static double logSumExp(DoubleStream values) {
    double[] v = values.toArray();
    double max = Arrays.stream(v).max().orElseThrow();
    return max + Math.log(Arrays.stream(v).map(x -> Math.exp(x - max)).sum());
  }

  private static Kernel reduce(Function<DoubleStream, Double> function) {
    return Kernel.of((node, in) -> reduce(node, in.get(0), function));
  }

  private static Nd reduce(Node node, Nd x, Function<DoubleStream, Double> function) {
    List<Long> axes = node.attributes().integers("axes");
    int[] kept = x.shape();
    axes.forEach(axis -> kept[axis.intValue()] = 1);
    List<List<Double>> groups = new ArrayList<>();
    IntStream.range(0, Index.size(kept)).forEach(i -> groups.add(new ArrayList<>()));
    for (int i = 0; i < x.size(); i++) {
      groups.get(Index.broadcast(i, x.shape(), kept)).add(x.at(i));
    }
    int[] dropped =
        IntStream.range(0, x.rank()).filter(a -> !axes.contains((long) a)).map(x::extent).toArray();
    int[] shape = node.attributes().flag("keepdims") ? kept : dropped;
    return Nd.like(
        x, shape, i -> function.apply(groups.get(i).stream().mapToDouble(Double::doubleValue)));
  }

  /** Elements that share all coordinates but the one on {@code axis}, by flat index. */
  static List<int[]> lines(Nd x, int axis) {
    List<int[]> lines = new ArrayList<>();
    int[] starts = Index.with(x.shape(), axis, 1);
    for (int start = 0; start < Index.size(starts); start++) {
      int[] at = Index.coordinates(start, starts);
      lines.add(
          IntStream.range(0, x.extent(axis))
              .map(k -> Index.flat(Index.with(at, axis, k), x.shape()))
              .toArray());
    }
    return Collections.unmodifiableList(lines);
  }
}
