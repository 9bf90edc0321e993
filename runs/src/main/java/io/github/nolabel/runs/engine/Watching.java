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
import io.github.nolabel.runs.watch.RunStart;
import io.github.nolabel.runs.watch.RunWatcher;
import io.github.nolabel.runs.watch.TensorBoardFile;
import io.github.nolabel.runs.watch.Variety;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Everybody who watches a run, and whether it should end when it collapses. */
final class Watching {

  /** Steps between two looks at features, fewer in a run that is short. */
  private static final long RANK_EVERY = 50;

  private static final long LOOKS = 10;

  private final RunWatcher watcher;
  private final Trainer trainer;
  private Optional<String> collapse = Optional.empty();

  Watching(RunWatcher watcher, Trainer trainer) {
    this.watcher = watcher;
    this.trainer = trainer;
  }

  /** Everybody hears what run it is. */
  void begin(RunDirectory folder, RunFile run) {
    watcher.onBegin(
        new RunStart(
            folder.root(),
            run.record().method(),
            run.steps(),
            run.stepsPerEpoch(),
            trainer.step(),
            run.record().options()));
  }

  /** What tells the images of a sample apart as long as nothing is learnt; empty for no images. */
  Optional<Variety> variety(List<Tensor> sample) {
    return sample.isEmpty()
        ? Optional.empty()
        : Optional.of(Variety.of(FeatureMatrix.ofPixels(sample), features(sample)));
  }

  /**
   * @param sample images whose features are looked at now and then; may be empty
   * @param variety of the same before the first step
   * @param tellsAsMuch whether neighbours are found no worse than before the first step
   */
  List<TrainingListener> listeners(
      RunDirectory folder,
      RunSpec run,
      List<Tensor> sample,
      Optional<Variety> variety,
      BooleanSupplier tellsAsMuch) {
    List<TrainingListener> everybody =
        List.of(
            watcher,
            present(folder),
            new MetricsFile(folder.metrics()),
            new TensorBoardFile(folder.tensorBoard()),
            alarm(run, variety, tellsAsMuch));
    long every = Math.max(1, Math.min(RANK_EVERY, run.steps() / LOOKS));
    return sample.isEmpty()
        ? everybody
        : List.of(new MeasuredSteps(every, () -> rank(sample, variety), everybody));
  }

  /** Embeddings of near copies agree whatever the method does: that is said instead. */
  private TrainingListener alarm(
      RunSpec run, Optional<Variety> variety, BooleanSupplier tellsAsMuch) {
    Optional<Variety> copies = variety.filter(found -> !found.suffices());
    copies.map(Watching::ofCopies).ifPresent(watcher::onNotice);
    return copies.isPresent()
        ? new TrainingListener() {}
        : CollapseAlarm.of(run, tellsAsMuch, this::collapsed);
  }

  private static String ofCopies(Variety variety) {
    return String.format(
        Locale.ROOT,
        "The images hardly differ: only %.1f %% of their pixels' variance lies between them (5 %%"
            + " is the least that is judged). There is little to tell apart, and embeddings that"
            + " agree would not be the method's fault, so the alarm for collapse is off. More"
            + " varied images help; learning rate and warm-up do not.",
        100 * variety.pixels());
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

  private Map<String, Double> rank(List<Tensor> sample, Optional<Variety> variety) {
    FeatureMatrix features = features(sample);
    Map<String, Double> found = new LinkedHashMap<>();
    found.put(EffectiveRank.NAME, EffectiveRank.of(features));
    variety.ifPresent(before -> found.put(Variety.RANK_KEPT, before.kept(features)));
    return found;
  }

  private FeatureMatrix features(List<Tensor> sample) {
    return FeatureMatrix.embed(trainer.embedder(), sample);
  }
}
