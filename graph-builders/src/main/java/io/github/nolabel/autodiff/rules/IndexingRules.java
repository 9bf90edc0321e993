package io.github.nolabel.autodiff.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.GradientTable;
import io.github.nolabel.autodiff.InputRule;
import io.github.nolabel.autodiff.InputRule.Differentiable;
import io.github.nolabel.graph.IndexingOps;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/** Reading by index is undone by adding by index, and the other way round. */
final class IndexingRules {

  private static final InputRule INDEX = new InputRule.NonDifferentiable();

  private IndexingRules() {}

  static void addTo(GradientTable.Builder table) {
    table.put("Gather", new Differentiable((g, n, dy) -> rows(g, n, dy.first())), INDEX);
    table.put(
        "GatherElements",
        new Differentiable(
            (g, n, dy) -> g.scatterAdd(g.zerosLike(n.input(0)), n.input(1), dy.first(), axis(n))),
        INDEX);
    table.put(
        "ScatterElements",
        new Differentiable((g, n, dy) -> kept(g, n, dy.first())),
        INDEX,
        new Differentiable((g, n, dy) -> g.gatherElements(dy.first(), n.input(1), axis(n))));
    table.put("TopK", new Differentiable((g, n, dy) -> putBack(g, n, dy.first())));
    table.put("MaxPool", new Differentiable((g, n, dy) -> winners(g, n, dy.first())));
  }

  private static Value rows(Ops g, Node n, Value dy) {
    Value table = n.input(0);
    Dim rows = table.shape().dim(0);
    Dim width = new Shape(table.shape().dims().subList(1, table.shape().rank())).elements();
    Value flatIndex = g.reshape(n.input(1), IndexingOps.flat(n.input(1)));
    Value updates = g.reshape(dy, new Shape(List.of(flatIndex.shape().dim(0), width)));
    Value matrix = g.zerosLike(g.reshape(table, new Shape(List.of(rows, width))));
    Value index = g.expandLike(g.unsqueeze(flatIndex, 1), updates);
    return g.reshape(g.scatterAdd(matrix, index, updates, 0), table.shape());
  }

  /** What an overwriting scatter replaced has no influence; an adding one replaces nothing. */
  private static Value kept(Ops g, Node n, Value dy) {
    boolean adds = n.attributes().text("reduction").equals("add");
    return adds ? dy : g.scatter(dy, n.input(1), g.zerosLike(n.input(2)), axis(n));
  }

  private static Value putBack(Ops g, Node n, Value dy) {
    return g.scatter(g.zerosLike(n.input(0)), n.outputs().get(1), dy, axis(n));
  }

  private static Value winners(Ops g, Node n, Value dy) {
    Value x = n.input(0);
    Value indices = n.outputs().get(1);
    Value flat =
        g.scatterAdd(
            g.zerosLike(g.reshape(x, IndexingOps.flat(x))),
            g.reshape(indices, IndexingOps.flat(indices)),
            g.reshape(dy, IndexingOps.flat(dy)),
            0);
    return g.reshape(flat, x.shape());
  }

  private static int axis(Node n) {
    return (int) n.attributes().integer("axis");
  }
}
