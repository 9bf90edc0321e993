package io.github.nolabel.autodiff.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.Cotangents;
import io.github.nolabel.autodiff.GradientTable;
import io.github.nolabel.autodiff.InputRule;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/** Rearrangements: each row is the adjoint of another operator. */
final class ShapeRules {

  private ShapeRules() {}

  static void addTo(GradientTable.Builder table) {
    table
        .ofNode("Reshape", (g, n, dy) -> g.reshape(dy, n.input(0).shape()))
        .ofNode("Squeeze", (g, n, dy) -> g.unsqueeze(dy, axes(n)))
        .ofNode("Unsqueeze", (g, n, dy) -> g.squeeze(dy, axes(n)))
        .ofNode("Transpose", (g, n, dy) -> g.transpose(dy, inverse(n)))
        .ofNode("Slice", ShapeRules::intoPlace)
        .ofNode("Pad", ShapeRules::cutOut)
        .ofNode("Tile", ShapeRules::sumOfRepeats)
        .variadic("Concat", (g, n, i, dy) -> g.splitLike(dy, axis(n), n.inputs()).get(i));

    table.put("Split", new InputRule.Differentiable(ShapeRules::join));
    table.put(
        "SplitLike",
        new InputRule.Differentiable(ShapeRules::join),
        new InputRule.NonDifferentiable());
    table.put(
        "ExpandLike",
        new InputRule.Differentiable((g, n, dy) -> dy.first()),
        new InputRule.NonDifferentiable());
  }

  private static Value join(Ops g, Node n, Cotangents dy) {
    return g.concat(axis(n), IntStream.range(0, n.outputs().size()).mapToObj(dy::of).toList());
  }

  private static int[] inverse(Node n) {
    List<Long> permutation = n.attributes().integers("perm");
    return IntStream.range(0, permutation.size()).map(i -> permutation.indexOf((long) i)).toArray();
  }

  /** Zeros around, and between if the slice skips. */
  private static Value intoPlace(Ops g, Node n, Value dy) {
    int axis = axis(n);
    long extent = n.input(0).shape().extent(axis);
    long start = n.attributes().integer("start");
    Value stretched = stretch(g, dy, axis, n.attributes().integer("step"));
    long after = extent - start - stretched.shape().extent(axis);
    int rank = dy.shape().rank();
    return g.pad(stretched, only(rank, axis, start), only(rank, axis, after));
  }

  /** Puts {@code step - 1} zeros between neighbours along {@code axis}. */
  private static Value stretch(Ops g, Value dy, int axis, long step) {
    if (step == 1) {
      return dy;
    }
    int rank = dy.shape().rank() + 1;
    Value apart =
        g.pad(g.unsqueeze(dy, axis + 1), only(rank, 0, 0), only(rank, axis + 1, step - 1));
    long extent = dy.shape().extent(axis);
    List<Dim> dims = new ArrayList<>(dy.shape().dims());
    dims.set(axis, Dim.of(extent * step));
    return g.slice(g.reshape(apart, new Shape(dims)), axis, 0, (extent - 1) * step + 1);
  }

  private static Value cutOut(Ops g, Node n, Value dy) {
    List<Long> pads = n.attributes().integers("pads");
    Shape inner = n.input(0).shape();
    Value cut = dy;
    for (int axis = 0; axis < inner.rank(); axis++) {
      long before = pads.get(axis);
      if (before + pads.get(axis + inner.rank()) > 0) {
        cut = g.slice(cut, axis, before, before + inner.extent(axis));
      }
    }
    return cut;
  }

  private static Value sumOfRepeats(Ops g, Node n, Value dy) {
    List<Dim> dims = new ArrayList<>();
    List<Long> repeats = n.attributes().integers("repeats");
    for (int axis = 0; axis < repeats.size(); axis++) {
      dims.add(Dim.of(repeats.get(axis)));
      dims.add(n.input(0).shape().dim(axis));
    }
    int[] repeated = IntStream.range(0, repeats.size()).map(axis -> 2 * axis).toArray();
    return g.reduceSum(g.reshape(dy, new Shape(dims)), false, repeated);
  }

  private static List<Long> only(int rank, int axis, long count) {
    List<Long> counts = new ArrayList<>(Collections.nCopies(rank, 0L));
    counts.set(axis, count);
    return counts;
  }

  private static int[] axes(Node n) {
    return n.attributes().integers("axes").stream().mapToInt(Long::intValue).toArray();
  }

  private static int axis(Node n) {
    return (int) n.attributes().integer("axis");
  }
}
