package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;
import java.util.List;
import java.util.Map;

/** Takes a run's updates somewhere else, some at a time, such as on the machines of a cluster. */
public interface Rounds {

  /**
   * Takes at least one update, none beyond the run's last.
   *
   * @throws LoadingInterruptedException if the thread is interrupted meanwhile; the same round is
   *     then asked for again
   * @throws TrainingDivergedException if a loss or a gradient is not finite
   */
  Round next(Snapshot from);

  /** What a checkpoint after the last round must hold besides the state, by name. */
  Map<String, Tensor> apart();

  /**
   * One round.
   *
   * @param after where the run stands then
   * @param reports of every update, in order
   * @param images seen, by all workers together
   */
  record Round(Snapshot after, List<StepReport> reports, long images) {

    public Round {
      reports = List.copyOf(reports);
    }
  }
}
