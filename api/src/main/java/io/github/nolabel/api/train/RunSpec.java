package io.github.nolabel.api.train;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.control.Schedule;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the user decides once per run, whatever the method.
 *
 * @param backbone name of a registered backbone
 * @param backboneOptions its options by name; empty means its defaults
 * @param imageSize width and height of the (global) views in pixels
 * @param batchSize images per batch
 * @param steps updates of the whole run
 * @param stepsPerEpoch updates per pass over the data
 * @param seed everything random follows from it
 */
public record RunSpec(
    String backbone,
    Map<String, String> backboneOptions,
    int imageSize,
    int batchSize,
    long steps,
    long stepsPerEpoch,
    long seed,
    OptimizerConfig optimizer,
    ScheduleConfig schedule) {

  public RunSpec {
    backboneOptions = Collections.unmodifiableMap(new TreeMap<>(backboneOptions));
    Require.within("imageSize", imageSize, 8, 4096);
    Require.within("batchSize", batchSize, 2, 1 << 20);
    Require.positive("steps", steps);
    Require.positive("stepsPerEpoch", stepsPerEpoch);
  }

  /**
   * A run with seed 0, the default optimizer and schedule.
   *
   * @param images in the data; the incomplete last batch of an epoch is left out
   * @throws io.github.nolabel.api.UserMistake if a batch is larger than the data
   */
  public static RunSpec of(
      String backbone, int imageSize, int batchSize, long images, long epochs) {
    Require.that(
        batchSize <= images,
        "batchSize %d is larger than the data (%d images). Lower it, or add images."
            .formatted(batchSize, images));
    long stepsPerEpoch = images / batchSize;
    return new RunSpec(
        backbone,
        Map.of(),
        imageSize,
        batchSize,
        epochs * stepsPerEpoch,
        stepsPerEpoch,
        0,
        OptimizerConfig.DEFAULTS,
        ScheduleConfig.DEFAULTS);
  }

  /** The same run with the batches of an update as one. */
  public RunSpec joined() {
    return new RunSpec(
        backbone,
        backboneOptions,
        imageSize,
        Math.multiplyExact(batchSize, optimizer.accumulate()),
        steps,
        stepsPerEpoch,
        seed,
        optimizer.with("accumulate", 1),
        schedule);
  }

  /** The peak of the learning rate's schedule, scaled to the images of an update. */
  public double peakLearningRate() {
    return optimizer.peakRate((long) batchSize * optimizer.accumulate());
  }

  /** The learning rate of every update; parameters may have rates of their own that follow it. */
  public Schedule learningRate() {
    return schedule.schedule(peakLearningRate(), steps, stepsPerEpoch);
  }

  /** The updates of so many passes over the data. */
  public long stepsOf(double epochs) {
    return Math.round(epochs * stepsPerEpoch);
  }
}
