package io.github.nolabel.runs.watch;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.evaluation.EvaluationSet;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.evaluation.NeighbourEvaluation;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Asks held-out images for their nearest neighbours while a run trains, and passes every report on,
 * with {@code knn_QUESTION} among its values, accuracies in [0, 1], where they were asked. The
 * weights are only read.
 */
public final class OnlineNeighbours implements TrainingListener {

  /** What the names of the accuracies begin with. */
  public static final String PREFIX = "knn_";

  private final Embedder embedder;
  private final EvaluationSet set;
  private final int batchSize;
  private final long everySteps;
  private final List<TrainingListener> listeners;

  /**
   * @param embedder of the trainer, on its live weights
   * @param batchSize images that are embedded at once
   * @param everySteps updates between two rounds of questions
   * @param listeners who get the reports
   */
  public OnlineNeighbours(
      Embedder embedder,
      EvaluationSet set,
      int batchSize,
      long everySteps,
      List<? extends TrainingListener> listeners) {
    Require.positive("everySteps", everySteps);
    this.embedder = embedder;
    this.set = set;
    this.batchSize = batchSize;
    this.everySteps = everySteps;
    this.listeners = List.copyOf(listeners);
  }

  @Override
  public void onStep(StepReport report) {
    StepReport told = report.step() % everySteps == 0 ? asked(report) : report;
    listeners.forEach(listener -> listener.onStep(told));
  }

  @Override
  public void onCheckpoint(long step, Path checkpoint) {
    listeners.forEach(listener -> listener.onCheckpoint(step, checkpoint));
  }

  @Override
  public void onEnd() {
    listeners.forEach(TrainingListener::onEnd);
  }

  private StepReport asked(StepReport report) {
    FeatureMatrix features = FeatureMatrix.embed(embedder, set.batches(batchSize));
    Map<String, Double> values = new LinkedHashMap<>(report.values());
    NeighbourEvaluation.STANDARD
        .accuracies(features, set)
        .forEach((question, accuracy) -> values.put(PREFIX + question, accuracy));
    return new StepReport(
        report.step(),
        report.steps(),
        report.epoch(),
        report.loss(),
        report.learningRate(),
        report.imagesPerSecond(),
        report.dataWaitShare(),
        report.secondsLeft(),
        values);
  }
}
