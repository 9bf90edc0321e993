package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;

/**
 * Reports a number that only some steps have: the mean over the steps that had it, each counting
 * nine tenths of the next; zero before the first. It is part of the state, so a resumed run reports
 * the same.
 */
final class RecentMean {

  private static final double KEPT = 0.9;
  private static final double TINY = 1e-6;

  private RecentMean() {}

  /**
   * @param value float[]
   * @param present bool[]: whether this step has it
   */
  static void report(StepGraph step, String name, Value value, Value present) {
    Ops g = step.ops("recent");
    Value sums =
        step.scope("recent").memory(name, Shape.of(2), Sharing.AVERAGED, Initializer.constant(0));
    Value counted =
        g.add(
            g.mul(g.detach(value), g.constant(Tensor.of(new float[] {1, 0}, 2))),
            g.constant(Tensor.of(new float[] {0, 1}, 2)));
    Value moved = g.add(g.mul(sums, KEPT), g.mul(counted, 1 - KEPT));
    Value next = g.where(present, moved, sums);
    step.write(sums, next);
    Value total = g.slice(next, 0, 0, 1);
    Value weight = g.max(g.slice(next, 0, 1, 2), g.constant(TINY));
    step.monitor(name, g.squeeze(g.div(total, weight), 0));
  }
}
