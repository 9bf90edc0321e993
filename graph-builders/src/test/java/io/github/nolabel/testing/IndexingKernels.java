package io.github.nolabel.testing;

import io.github.nolabel.graph.Node;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

final class IndexingKernels {

  private IndexingKernels() {}

  static void addTo(Map<String, Kernel> kernels) {
    kernels.put("Gather", Kernel.of((n, in) -> gather(in.get(0), in.get(1))));
    kernels.put("GatherElements", Kernel.of(IndexingKernels::gatherElements));
    kernels.put("ScatterElements", Kernel.of(IndexingKernels::scatter));
    kernels.put("TopK", IndexingKernels::topK);
  }

  private static Nd gather(Nd table, Nd indices) {
    int width = table.size() / table.extent(0);
    int[] shape =
        IntStream.concat(IntStream.of(indices.shape()), IntStream.of(table.shape()).skip(1))
            .toArray();
    return table.picked(shape, i -> (int) indices.integerAt(i / width) * width + i % width);
  }

  private static Nd gatherElements(Node node, List<Nd> in) {
    Nd x = in.get(0);
    Nd indices = in.get(1);
    return x.picked(indices.shape(), i -> addressed(i, indices, x, ShapeKernels.axis(node)));
  }

  private static Nd scatter(Node node, List<Nd> in) {
    boolean adds = node.attributes().text("reduction").equals("add");
    Nd indices = in.get(1);
    double[] values = in.get(0).toArray();
    for (int i = 0; i < indices.size(); i++) {
      int target = addressed(i, indices, in.get(0), ShapeKernels.axis(node));
      values[target] = (adds ? values[target] : 0) + in.get(2).at(i);
    }
    return Nd.like(in.get(0), in.get(0).shape(), i -> values[i]);
  }

  private static List<Nd> topK(Node node, List<Nd> in) {
    Nd x = in.get(0);
    int axis = ShapeKernels.axis(node);
    int k = (int) node.attributes().integer("k");
    int[] shape = k > 0 ? Index.with(x.shape(), axis, k) : x.shape();
    Nd places = Nd.integers(shape, i -> place(Index.coordinates(i, shape), x, axis));
    return List.of(x.picked(shape, i -> addressed(i, places, x, axis)), places);
  }

  /** Where the element of rank {@code at[axis]} is. */
  private static long place(int[] at, Nd x, int axis) {
    return IntStream.range(0, x.extent(axis))
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                place -> -x.at(Index.flat(Index.with(at, axis, place), x.shape()))))
        .skip(at[axis])
        .findFirst()
        .orElseThrow();
  }

  private static int addressed(int i, Nd indices, Nd x, int axis) {
    int[] at = Index.coordinates(i, indices.shape());
    return Index.flat(Index.with(at, axis, (int) indices.integerAt(i)), x.shape());
  }
}
