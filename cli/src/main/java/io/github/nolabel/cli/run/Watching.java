package io.github.nolabel.cli.run;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.eval.FeatureMatrix;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingCollapsedException;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runtime.listen.CollapseAlarm;
import io.github.nolabel.runtime.listen.EffectiveRank;
import io.github.nolabel.runtime.listen.MeasuredSteps;
import io.github.nolabel.runtime.listen.MetricsFile;
import io.github.nolabel.runtime.listen.ProgressLine;
import io.github.nolabel.runtime.listen.TensorBoardFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody who watches a run, and whether it should end when it collapses. */
final class Watching {

  /** Steps between two looks at held-out features. */
  private static final long RANK_EVERY = 50;

  private final Console console;
  private final Trainer trainer;
  private final boolean failOnCollapse;
  private Optional<String> collapse = Optional.empty();

  Watching(Console console, Trainer trainer, boolean failOnCollapse) {
    this.console = console;
    this.trainer = trainer;
    this.failOnCollapse = failOnCollapse;
  }

  /**
   * @param sample held-out images whose features are looked at now and then; may be empty
   */
  List<TrainingListener> listeners(RunDirectory folder, RunSpec run, List<Tensor> sample) {
    List<TrainingListener> everybody =
        List.of(
            new ProgressLine(console.err(), System::nanoTime, console.terminal()),
            new MetricsFile(folder.metrics()),
            new TensorBoardFile(folder.tensorBoard()),
            CollapseAlarm.of(run, this::collapsed));
    return sample.isEmpty()
        ? everybody
        : List.of(new MeasuredSteps(RANK_EVERY, () -> rank(sample), everybody));
  }

  /**
   * @throws TrainingCollapsedException if the run has collapsed and was to end then
   */
  void requireHealthy(TrainingSummary summary) {
    if (failOnCollapse && collapse.isPresent()) {
      throw new TrainingCollapsedException(
          "%s The run was stopped after step %d because of --fail-on-collapse; the checkpoint is %s."
              .formatted(collapse.get(), summary.step(), summary.checkpoint()));
    }
  }

  private void collapsed(String sentence) {
    if (failOnCollapse) {
      collapse = Optional.of(sentence);
      trainer.requestStop();
    } else {
      console.notice("\n" + sentence);
    }
  }

  private Map<String, Double> rank(List<Tensor> sample) {
    return Map.of(
        EffectiveRank.NAME, EffectiveRank.of(FeatureMatrix.embed(trainer.embedder(), sample)));
  }
}
