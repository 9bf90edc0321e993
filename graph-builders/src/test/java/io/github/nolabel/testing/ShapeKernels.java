package io.github.nolabel.testing;

import io.github.nolabel.graph.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

final class ShapeKernels {

  private ShapeKernels() {}

  static void addTo(Map<String, Kernel> kernels) {
    kernels.put("Reshape", Kernel.of((n, in) -> in.get(0).withShape(target(n, in.get(0)))));
    kernels.put("Squeeze", Kernel.of((n, in) -> squeeze(in.get(0), ints(n, "axes"))));
    kernels.put("Unsqueeze", Kernel.of((n, in) -> unsqueeze(in.get(0), ints(n, "axes"))));
    kernels.put("Transpose", Kernel.of((n, in) -> transpose(in.get(0), ints(n, "perm"))));
    kernels.put("Concat", Kernel.of((n, in) -> concat(axis(n), in)));
    kernels.put("Split", (n, in) -> split(in.get(0), axis(n), ints(n, "split")));
    kernels.put("SplitLike", ShapeKernels::splitLike);
    kernels.put("Slice", Kernel.of((n, in) -> slice(n, in.get(0))));
    kernels.put("ExpandLike", Kernel.of((n, in) -> in.get(0).broadcastTo(in.get(1).shape())));
    kernels.put("Tile", Kernel.of((n, in) -> tile(in.get(0), ints(n, "repeats"))));
    kernels.put("Pad", Kernel.of((n, in) -> pad(in.get(0), ints(n, "pads"))));
  }

  private static int[] target(Node node, Nd x) {
    int[] shape = ints(node, "shape");
    int known = IntStream.of(shape).filter(e -> e >= 0).reduce(1, (a, b) -> a * b);
    return IntStream.of(shape).map(e -> e >= 0 ? e : x.size() / known).toArray();
  }

  private static Nd squeeze(Nd x, int[] axes) {
    List<Integer> dropped = IntStream.of(axes).boxed().toList();
    return x.withShape(
        IntStream.range(0, x.rank()).filter(a -> !dropped.contains(a)).map(x::extent).toArray());
  }

  private static Nd unsqueeze(Nd x, int[] axes) {
    List<Integer> shape = new ArrayList<>(IntStream.of(x.shape()).boxed().toList());
    for (int axis : axes) {
      shape.add(axis, 1);
    }
    return x.withShape(shape.stream().mapToInt(Integer::intValue).toArray());
  }

  private static Nd transpose(Nd x, int[] permutation) {
    int[] shape = IntStream.of(permutation).map(x::extent).toArray();
    return x.picked(
        shape,
        i -> {
          int[] at = Index.coordinates(i, shape);
          int[] from = new int[at.length];
          for (int axis = 0; axis < at.length; axis++) {
            from[permutation[axis]] = at[axis];
          }
          return Index.flat(from, x.shape());
        });
  }

  private static Nd concat(int axis, List<Nd> parts) {
    int total = parts.stream().mapToInt(p -> p.extent(axis)).sum();
    int[] shape = Index.with(parts.get(0).shape(), axis, total);
    double[] values = new double[Index.size(shape)];
    int offset = 0;
    for (Nd part : parts) {
      for (int i = 0; i < part.size(); i++) {
        int[] at = Index.coordinates(i, part.shape());
        at[axis] += offset;
        values[Index.flat(at, shape)] = part.at(i);
      }
      offset += part.extent(axis);
    }
    return Nd.like(parts.get(0), shape, i -> values[i]);
  }

  private static List<Nd> splitLike(Node node, List<Nd> in) {
    int axis = axis(node);
    int[] extents = in.stream().skip(1).mapToInt(like -> like.extent(axis)).toArray();
    return split(in.get(0), axis, extents);
  }

  private static List<Nd> split(Nd x, int axis, int[] extents) {
    List<Nd> parts = new ArrayList<>();
    int offset = 0;
    for (int extent : extents) {
      parts.add(window(x, axis, offset, 1, extent));
      offset += extent;
    }
    return List.copyOf(parts);
  }

  private static Nd slice(Node node, Nd x) {
    int start = (int) node.attributes().integer("start");
    int end = (int) node.attributes().integer("end");
    int step = (int) node.attributes().integer("step");
    int count = (int) IntStream.iterate(start, i -> i < end, i -> i + step).count();
    return window(x, axis(node), start, step, count);
  }

  private static Nd window(Nd x, int axis, int start, int step, int count) {
    int[] shape = Index.with(x.shape(), axis, count);
    return x.picked(
        shape,
        i -> {
          int[] at = Index.coordinates(i, shape);
          at[axis] = start + at[axis] * step;
          return Index.flat(at, x.shape());
        });
  }

  private static Nd tile(Nd x, int[] repeats) {
    int[] shape = IntStream.range(0, x.rank()).map(a -> x.extent(a) * repeats[a]).toArray();
    return x.picked(
        shape,
        i -> {
          int[] at = Index.coordinates(i, shape);
          int[] from = IntStream.range(0, at.length).map(a -> at[a] % x.extent(a)).toArray();
          return Index.flat(from, x.shape());
        });
  }

  private static Nd pad(Nd x, int[] pads) {
    int rank = x.rank();
    int[] shape =
        IntStream.range(0, rank).map(a -> pads[a] + x.extent(a) + pads[a + rank]).toArray();
    return x.picked(
        shape,
        i -> {
          int[] at = Index.coordinates(i, shape);
          int[] from = IntStream.range(0, rank).map(a -> at[a] - pads[a]).toArray();
          boolean inside =
              IntStream.range(0, rank).allMatch(a -> from[a] >= 0 && from[a] < x.extent(a));
          return inside ? Index.flat(from, x.shape()) : -1;
        });
  }

  static int[] ints(Node node, String name) {
    return node.attributes().integers(name).stream().mapToInt(Long::intValue).toArray();
  }

  static int axis(Node node) {
    return (int) node.attributes().integer("axis");
  }
}
