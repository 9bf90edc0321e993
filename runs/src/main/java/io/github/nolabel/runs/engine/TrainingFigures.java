package io.github.nolabel.runs.engine;

import io.github.nolabel.api.train.TrainingSummary;

/**
 * How training went, for those who look later.
 *
 * @param step updates done
 * @param finalLoss NaN if there was no update
 * @param checkpoint the newest one
 */
public record TrainingFigures(
    long step,
    double finalLoss,
    double imagesPerSecond,
    double dataWaitShare,
    long skippedImages,
    String checkpoint) {

  static TrainingFigures of(TrainingSummary summary, long skippedImages) {
    return new TrainingFigures(
        summary.step(),
        summary.finalLoss(),
        summary.imagesPerSecond(),
        summary.dataWaitShare(),
        skippedImages,
        summary.checkpoint().toString());
  }
}
