package io.github.nolabel.api.train;

import io.github.nolabel.api.Require;
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
}
