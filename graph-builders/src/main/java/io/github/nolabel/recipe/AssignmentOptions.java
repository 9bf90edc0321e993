package io.github.nolabel.recipe;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.fragment.loss.Sinkhorn;
import io.github.nolabel.mechanism.AssignmentQueues;

/**
 * How embeddings are spread evenly over prototypes (Caron et al. 2020); options of methods that
 * assign online.
 */
public record AssignmentOptions(
    @Option(value = "Smoothness of the assignments", min = 0.0001, max = 100) double epsilon,
    @Option(value = "Rounds of the even spreading", min = 1, max = 1000) int sinkhornIterations,
    @Option("Earlier embeddings help to spread small batches") boolean useTheQueue,
    @Option.Rows("Embeddings that the queue of a view keeps") int queueLength,
    @Option.Epochs("Epoch from which on the queue counts") double queueStartEpoch) {

  /** Assigns the embeddings of a run; queues do not count before they are full. */
  public AssignmentQueues of(RunSpec run) {
    int length = useTheQueue ? queueLength : 0;
    long filled = (length + run.batchSize() - 1L) / run.batchSize();
    return new AssignmentQueues(
        new Sinkhorn(epsilon, sinkhornIterations),
        length,
        Math.max(run.stepsOf(queueStartEpoch), filled));
  }
}
