package io.github.nolabel.autodiff.rules;

import io.github.nolabel.autodiff.GradientTable;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/** Convolution, by the runtime's kernel. Pooling is an indexing matter. */
final class ConvolutionRules {

  private ConvolutionRules() {}

  static void addTo(GradientTable.Builder table) {
    table.ofNode(
        "Conv",
        (g, n, dy) -> gradients(g, n, dy).get(0),
        (g, n, dy) -> gradients(g, n, dy).get(1),
        (g, n, dy) -> gradients(g, n, dy).get(2));
  }

  private static List<Value> gradients(Ops g, Node n, Value dy) {
    return g.convGrad(dy, n.input(0), n.input(1), n.attributes());
  }
}
