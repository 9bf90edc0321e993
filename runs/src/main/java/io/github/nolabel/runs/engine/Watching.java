package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingCollapsedException;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.runs.watch.CollapseAlarm;
import io.github.nolabel.runs.watch.EffectiveRank;
import io.github.nolabel.runs.watch.MeasuredSteps;
import io.github.nolabel.runs.watch.MetricsFile;
import io.github.nolabel.runs.watch.RunWatcher;
import io.github.nolabel.runs.watch.TensorBoardFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Everybody who watches a run, and whether it should end when it collapses. */
final class Watching {

  /** Steps between two looks at held-out features. */
  private static final long RANK_EVERY = 50;

  private final RunWatcher watcher;
  private final Trainer trainer;
  private Optional<String> collapse = Optional.empty();

  Watching(RunWatcher watcher, Trainer trainer) {
    this.watcher = watcher;
    this.trainer = trainer;
  }

  /**
   * @param sample held-out images whose features are looked at now and then; may be empty
   */
  List<TrainingListener> listeners(RunDirectory folder, RunSpec run, List<Tensor> sample) {
    List<TrainingListener> everybody =
        List.of(
            watcher,
            present(folder),
            new MetricsFile(folder.metrics()),
            new TensorBoardFile(folder.tensorBoard()),
            CollapseAlarm.of(run, this::collapsed));
    return sample.isEmpty()
        ? everybody
        : List.of(new MeasuredSteps(RANK_EVERY, () -> rank(sample), everybody));
  }

  /**
   * Ends a run whose folder is gone: a checkpoint makes the folder anew, but not what was in it.
   */
  private static TrainingListener present(RunDirectory folder) {
    return new TrainingListener() {
      @Override
      public void onCheckpoint(long step, Path checkpoint) {
        folder.requireStill();
      }
    };
  }

  /**
   * @throws TrainingCollapsedException if the run has collapsed and was to end then
   */
  void requireHealthy(TrainingSummary summary) {
    collapse.ifPresent(
        sentence -> {
          throw new TrainingCollapsedException(
              "%s The run was stopped after step %d; the checkpoint is %s."
                  .formatted(sentence, summary.step(), summary.checkpoint()));
        });
  }

  private void collapsed(String sentence) {
    if (watcher.onCollapse(sentence)) {
      collapse = Optional.of(sentence);
      trainer.requestStop();
    }
  }

  private Map<String, Double> rank(List<Tensor> sample) {
    return Map.of(
        EffectiveRank.NAME, EffectiveRank.of(FeatureMatrix.embed(trainer.embedder(), sample)));
  }
}
