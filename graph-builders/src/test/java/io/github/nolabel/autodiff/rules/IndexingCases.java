package io.github.nolabel.autodiff.rules;

import static io.github.nolabel.autodiff.rules.Operand.batch;
import static io.github.nolabel.autodiff.rules.Operand.in;
import static io.github.nolabel.autodiff.rules.Operand.indices;
import static io.github.nolabel.autodiff.rules.Operand.integers;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Value;
import java.util.List;

final class IndexingCases {

  private IndexingCases() {}

  private static final GradientCase.Building ROWS = (g, x) -> g.gather(x.get(0), x.get(1));

  static List<GradientCase> all() {
    return List.of(
        GradientCase.of("Gather", "embedding", ROWS, in(3, 4), indices(3, 2, 5)),
        GradientCase.of(
            "Gather", "tokens of a batch", ROWS, in(4, 2), indices(4, Shape.batched(5))),
        GradientCase.of("Gather", "one row", ROWS, in(4, 2), integers(Shape.of(), 2)),
        GradientCase.of("Gather", "numbers", ROWS, in(5), indices(5, 7)),
        GradientCase.of("Gather", "matrices", ROWS, in(3, 2, 2), indices(3, 4)),
        GradientCase.of(
            "Gather",
            "a batch in another order",
            ROWS,
            batch(2),
            integers(Shape.batched(), 2, 0, 1)),
        GradientCase.of(
            "GatherElements",
            "labels",
            (g, x) -> g.gatherElements(x.get(0), x.get(1), 1),
            batch(4),
            indices(4, Shape.batched(1))),
        GradientCase.of(
            "GatherElements",
            "repeated, first axis",
            (g, x) -> g.gatherElements(x.get(0), x.get(1), 0),
            in(3, 2),
            indices(3, 5, 2)),
        GradientCase.of(
            "ScatterElements",
            "adding repeated",
            (g, x) -> g.scatterAdd(x.get(0), x.get(1), x.get(2), 0),
            in(3, 2),
            indices(3, 5, 2),
            in(5, 2)),
        GradientCase.of(
            "ScatterElements",
            "adding in a batch",
            (g, x) -> g.scatterAdd(x.get(0), x.get(1), x.get(2), -1),
            batch(4),
            indices(4, Shape.batched(6)),
            batch(6)),
        GradientCase.of(
            "ScatterElements",
            "replacing rows",
            (g, x) -> g.scatter(x.get(0), x.get(1), x.get(2), 0),
            in(4, 2),
            integers(Shape.of(2, 2), 3, 3, 1, 1),
            in(2, 2)),
        GradientCase.of(
            "TopK", "some", (g, x) -> g.topK(x.get(0), 2, -1).get(0), batch(5).distinct()),
        GradientCase.of(
            "TopK", "all, middle axis", (g, x) -> g.topK(x.get(0), 3, 1).get(0), sortable()),
        GradientCase.of(
            "TopK", "the batch", (g, x) -> g.sorted(x.get(0), 0).get(0), batch(2).distinct()),
        GradientCase.of(
            "TopK",
            "places",
            (g, x) -> {
              List<Value> best = g.topK(x.get(0), 2, 1);
              return g.mul(best.get(0), g.cast(g.detach(best.get(1)), ElementType.FLOAT));
            },
            sortable()));
  }

  private static Operand sortable() {
    return batch(3, 2).distinct();
  }
}
