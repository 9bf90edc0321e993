package io.github.nolabel.autodiff.rules;

import static io.github.nolabel.autodiff.rules.Operand.batch;
import static io.github.nolabel.autodiff.rules.Operand.in;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;

final class ShapeCases {

  private ShapeCases() {}

  static List<GradientCase> all() {
    List<GradientCase> cases = new ArrayList<>();
    views(cases);
    joins(cases);
    slices(cases);
    repeats(cases);
    pads(cases);
    return cases;
  }

  private static void one(
      List<GradientCase> cases,
      String op,
      String variant,
      Operand x,
      BiFunction<Ops, Value, Value> apply) {
    cases.add(GradientCase.of(op, variant, (g, v) -> apply.apply(g, v.get(0)), x));
  }

  private static void views(List<GradientCase> cases) {
    one(cases, "Reshape", "fixed", in(2, 6), (g, x) -> g.reshape(x, Shape.of(3, 4)));
    one(cases, "Reshape", "to a scalar", in(1, 1), (g, x) -> g.reshape(x, Shape.of()));
    one(cases, "Reshape", "batch", batch(2, 6), (g, x) -> g.reshape(x, Shape.batched(3, 4)));
    one(cases, "Reshape", "flatten", batch(2, 3, 2), Ops::flatten);
    one(cases, "Squeeze", "two axes", in(1, 3, 1, 2), (g, x) -> g.squeeze(x, 0, 2));
    one(cases, "Squeeze", "last axis of a batch", batch(2, 1), (g, x) -> g.squeeze(x, -1));
    one(cases, "Unsqueeze", "ends", in(2, 3), (g, x) -> g.unsqueeze(x, 0, 3));
    one(cases, "Unsqueeze", "batch", batch(2), (g, x) -> g.unsqueeze(x, 1));
    one(
        cases,
        "Unsqueeze",
        "two batch axes",
        batch(2),
        (g, x) -> g.squeeze(g.unsqueeze(g.matMul(x, g.transposeMatrix(x)), 1), 1));
    one(cases, "Transpose", "cycle", in(2, 3, 4), (g, x) -> g.transpose(x, 1, 2, 0));
    one(cases, "Transpose", "batch away", batch(2, 4), (g, x) -> g.transpose(x, 1, 2, 0));
    one(cases, "Transpose", "heads", batch(2, 3, 4), (g, x) -> g.transpose(x, 0, 2, 1, 3));
    one(cases, "Transpose", "matrix", in(2, 3), Ops::transposeMatrix);
  }

  private static void joins(List<GradientCase> cases) {
    cases.add(
        GradientCase.of(
            "Concat", "columns", (g, x) -> g.concat(1, x), in(2, 3), in(2, 1), in(2, 2)));
    cases.add(GradientCase.of("Concat", "views", (g, x) -> g.concat(0, x), batch(3), batch(3)));
    cases.add(
        GradientCase.of("Concat", "batch and fixed", (g, x) -> g.concat(0, x), batch(3), in(2, 3)));
    cases.add(
        GradientCase.of(
            "Concat", "class token", (g, x) -> g.concat(1, x), batch(1, 2), batch(4, 2)));
    cases.add(
        GradientCase.of(
            "Concat",
            "a part twice",
            (g, x) -> g.concat(-1, x.get(0), x.get(1), x.get(0)),
            in(2, 3),
            in(2, 1)));
    one(cases, "Split", "all parts used", in(5, 2), (g, x) -> weighted(g, g.split(x, 0, 2, 1, 2)));
    one(cases, "Split", "one part used", in(2, 5), (g, x) -> g.split(x, 1, 2, 3).get(1));
    one(cases, "Split", "batch", batch(6), (g, x) -> weighted(g, g.split(x, -1, 2, 2, 2)));
    cases.add(
        GradientCase.of(
            "SplitLike",
            "batch",
            (g, x) -> g.splitLike(x.get(0), 0, x.subList(1, 3)).get(1),
            in(new Shape(List.of(Dim.BATCH.times(2), Dim.of(2)))),
            batch(2).constant(),
            batch(2).constant()));
  }

  /** The first part once, the second twice, and so on, joined again. */
  private static Value weighted(Ops g, List<Value> parts) {
    List<Value> scaled = new ArrayList<>();
    parts.forEach(part -> scaled.add(g.mul(part, scaled.size() + 1)));
    return g.concat(part(parts), scaled);
  }

  private static int part(List<Value> parts) {
    return parts.get(0).shape().dim(0).isFixed() ? 0 : 1;
  }

  private static void slices(List<GradientCase> cases) {
    one(cases, "Slice", "middle", in(5, 2), (g, x) -> g.slice(x, 0, 1, 4));
    one(cases, "Slice", "every second", in(2, 5), (g, x) -> g.slice(x, 1, 0, 5, 2));
    one(cases, "Slice", "every third, inside", in(2, 8, 2), (g, x) -> g.slice(x, 1, 1, 7, 3));
    one(cases, "Slice", "step beyond the end", in(6), (g, x) -> g.slice(x, 0, 2, 6, 5));
    one(cases, "Slice", "class token", batch(4, 2), (g, x) -> g.slice(x, 1, 0, 1));
    one(cases, "Slice", "batch, stepped", batch(5, 2), (g, x) -> g.slice(x, -2, 1, 5, 2));
  }

  private static void repeats(List<GradientCase> cases) {
    one(cases, "Tile", "both axes", in(2, 3), (g, x) -> g.tile(x, 2, 3));
    one(cases, "Tile", "batch axis", batch(2), (g, x) -> g.tile(x, 2, 1));
    one(cases, "Tile", "beside the batch", batch(2), (g, x) -> g.tile(x, 1, 3));
    GradientCase.Building expand = (g, x) -> g.expandLike(x.get(0), x.get(1));
    cases.add(GradientCase.of("ExpandLike", "row", expand, in(3), in(2, 3).constant()));
    cases.add(GradientCase.of("ExpandLike", "column", expand, in(2, 1), in(2, 3).constant()));
    cases.add(GradientCase.of("ExpandLike", "to a batch", expand, in(1, 3), batch(3).constant()));
    cases.add(GradientCase.of("ExpandLike", "scalar", expand, in(), batch(3).constant()));
  }

  private static void pads(List<GradientCase> cases) {
    one(cases, "Pad", "around", in(2, 3), (g, x) -> g.pad(x, List.of(1L, 2L), List.of(0L, 1L)));
    one(cases, "Pad", "batch", batch(2), (g, x) -> g.pad(x, List.of(0L, 1L), List.of(0L, 1L)));
    one(cases, "Pad", "nothing", in(2), (g, x) -> g.pad(x, List.of(0L), List.of(0L)));
  }
}
