package io.github.nolabel.methods.vision.swav;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.loss.Sinkhorn;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.EmbeddingQueue;
import io.github.nolabel.step.StepGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Assigns the current batch to prototypes, evenly together with the embeddings of earlier batches:
 * one queue per large crop, that counts from its epoch on and once it is full.
 */
record AssignmentQueues(SwavConfig config, RunSpec run) {

  /** Added to the logarithm of a weight: none. */
  private static final double NEVER = -1e30;

  /**
   * @param embeddings of the large crops, float[N, D] each
   * @param scores of the same crops, float[N, K] each
   * @return float[N, K] each, rows that sum to one; no gradient flows
   */
  List<Value> of(
      StepGraph step, List<Value> embeddings, List<Value> scores, TensorFunction prototypes) {
    Ops g = step.ops("assignment");
    List<Value> assigned = new ArrayList<>();
    for (int crop = 0; crop < embeddings.size(); crop++) {
      Value own = scores.get(crop);
      assigned.add(
          config.useTheQueue()
              ? withQueue(step, g, crop + 1, embeddings.get(crop), own, prototypes)
              : sinkhorn().assign(g, own));
    }
    return assigned;
  }

  private Value withQueue(
      StepGraph step, Ops g, int crop, Value embeddings, Value scores, TensorFunction prototypes) {
    EmbeddingQueue queue =
        EmbeddingQueue.of(step, "queue_" + crop, config.queueLength(), config.projectionDim());
    queue.push(g.detach(Vectors.unit(g, embeddings)));
    Value earlier = prototypes.apply(queue.rows());
    Value all = g.concat(0, earlier, scores);
    Value closed = g.sub(g.constant(1), step.scheduled("queue_counts", counts()));
    Value weights =
        g.concat(0, g.mul(g.add(oneColumn(g, earlier), closed), NEVER), oneColumn(g, scores));
    return g.splitLike(sinkhorn().assign(g, all, weights), 0, List.of(earlier, scores)).get(1);
  }

  /** float[n, 1] of zeros. */
  private static Value oneColumn(Ops g, Value rows) {
    return g.zerosLike(g.slice(rows, 1, 0, 1));
  }

  private Schedule counts() {
    long filled = (config.queueLength() + run.batchSize() - 1L) / run.batchSize();
    long first = Math.max(run.stepsOf(config.queueStartEpoch()), filled);
    return new Opening(first);
  }

  /** 0 before the first step that counts, then 1. */
  private record Opening(long first) implements Schedule {

    @Override
    public double at(long step) {
      return step < first ? 0 : 1;
    }
  }

  private Sinkhorn sinkhorn() {
    return new Sinkhorn(config.epsilon(), config.sinkhornIterations());
  }
}
