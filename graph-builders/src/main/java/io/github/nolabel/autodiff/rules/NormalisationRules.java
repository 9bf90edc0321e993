package io.github.nolabel.autodiff.rules;

import io.github.nolabel.api.Shape;
import io.github.nolabel.autodiff.GradientTable;
import io.github.nolabel.autodiff.InputRule;
import io.github.nolabel.autodiff.InputRule.Differentiable;
import io.github.nolabel.autodiff.InputRule.Pullback;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.stream.IntStream;

/** Softmax and normalisation layers, mostly by the runtime's fused kernels. */
final class NormalisationRules {

  private static final InputRule OBSERVED = new InputRule.NonDifferentiable();

  private NormalisationRules() {}

  static void addTo(GradientTable.Builder table) {
    table
        .ofNode("Softmax", (g, n, dy) -> g.softmaxGrad(dy, n.output(), axis(n)))
        .ofNode("LogSoftmax", (g, n, dy) -> g.logSoftmaxGrad(dy, n.output(), axis(n)));
    table.put("BatchNormInternal", batchNorm(0), batchNorm(1), batchNorm(2), OBSERVED, OBSERVED);
    table.put("LayerNormalization", layerNorm(0), layerNorm(1), layerNorm(2));
    table.put(
        "BatchNormalization",
        of((g, n, dy) -> g.mul(dy.first(), g.mul(perChannel(g, n, 1), inverseStd(g, n)))),
        of((g, n, dy) -> overChannels(g, g.mul(dy.first(), standardised(g, n)))),
        of((g, n, dy) -> overChannels(g, dy.first())),
        OBSERVED,
        OBSERVED);
  }

  private static InputRule batchNorm(int input) {
    return of(
        (g, n, dy) ->
            g.batchNormGrad(
                    dy.first(),
                    n.input(0),
                    n.input(1),
                    n.outputs().get(3),
                    n.outputs().get(4),
                    n.attributes().number("epsilon"))
                .get(input));
  }

  private static InputRule layerNorm(int input) {
    return of(
        (g, n, dy) ->
            g.layerNormGrad(
                    dy.first(), n.input(0), n.input(1), n.outputs().get(1), n.outputs().get(2))
                .get(input));
  }

  private static Value standardised(Ops g, Node n) {
    return g.mul(g.sub(n.input(0), perChannel(g, n, 3)), inverseStd(g, n));
  }

  private static Value inverseStd(Ops g, Node n) {
    Value variance = perChannel(g, n, 4);
    return g.reciprocal(g.sqrt(g.add(variance, g.constant(n.attributes().number("epsilon")))));
  }

  /** A channel's number, shaped to broadcast over [N, C, ...]. */
  private static Value perChannel(Ops g, Node n, int input) {
    long[] extents = new long[n.input(0).shape().rank() - 1];
    java.util.Arrays.fill(extents, 1);
    extents[0] = n.input(0).shape().extent(1);
    return g.reshape(n.input(input), Shape.of(extents));
  }

  private static Value overChannels(Ops g, Value x) {
    int[] others = IntStream.range(0, x.shape().rank()).filter(axis -> axis != 1).toArray();
    return g.reduceSum(x, false, others);
  }

  private static InputRule of(Pullback pullback) {
    return new Differentiable(pullback);
  }

  private static int axis(Node n) {
    return (int) n.attributes().integer("axis");
  }
}
