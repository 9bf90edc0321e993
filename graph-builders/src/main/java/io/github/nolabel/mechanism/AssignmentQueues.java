package io.github.nolabel.mechanism;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.loss.Sinkhorn;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.ArrayList;
import java.util.List;

/**
 * Assigns the current batch to prototypes, evenly together with the embeddings of earlier batches:
 * one queue per large crop, that counts from {@code firstStep} on (SwAV, Caron et al. 2020, arXiv
 * 2006.09882, section 3.1).
 *
 * @param length embeddings that a queue keeps; 0 for no queues
 * @param firstStep when the queues count for the first time; they should be full by then
 */
public record AssignmentQueues(Sinkhorn sinkhorn, int length, long firstStep) {

  /** Added to the logarithm of a weight: none. */
  private static final double NEVER = -1e30;

  /**
   * @param embeddings of the large crops, float[N, D] each
   * @param scores of the same crops, float[N, K] each
   * @return float[N, K] each, rows that sum to one; no gradient flows
   */
  public List<Value> of(
      StepGraph step, List<Value> embeddings, List<Value> scores, TensorFunction prototypes) {
    Ops g = step.ops("assignment");
    List<Value> assigned = new ArrayList<>();
    for (int crop = 0; crop < embeddings.size(); crop++) {
      Value own = scores.get(crop);
      assigned.add(
          length > 0
              ? withQueue(step, g, crop + 1, embeddings.get(crop), own, prototypes)
              : sinkhorn.assign(g, own));
    }
    return assigned;
  }

  private Value withQueue(
      StepGraph step, Ops g, int crop, Value embeddings, Value scores, TensorFunction prototypes) {
    Value current = g.detach(Vectors.unit(g, embeddings));
    Value earlier =
        prototypes.apply(EmbeddingQueue.earlier(step, "queue_" + crop, length, current));
    Value all = g.concat(0, earlier, scores);
    Value closed = g.sub(g.constant(1), step.scheduled("queue_counts", new Opening(firstStep)));
    Value weights =
        g.concat(0, g.mul(g.add(oneColumn(g, earlier), closed), NEVER), oneColumn(g, scores));
    return g.splitLike(sinkhorn.assign(g, all, weights), 0, List.of(earlier, scores)).get(1);
  }

  /** float[n, 1] of zeros. */
  private static Value oneColumn(Ops g, Value rows) {
    return g.zerosLike(g.slice(rows, 1, 0, 1));
  }

  /** 0 before the first step that counts, then 1. */
  private record Opening(long first) implements Schedule {

    @Override
    public double at(long step) {
      return step < first ? 0 : 1;
    }
  }
}
