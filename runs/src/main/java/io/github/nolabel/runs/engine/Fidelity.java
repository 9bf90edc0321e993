package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.evaluation.NeighbourEvaluation;
import io.github.nolabel.runs.model.BackboneFile;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How close a smaller version of a network is to the network itself.
 *
 * @param cosines between the features of both, over images of the run
 * @param before accuracy by question with the network itself; empty if nothing is labelled
 * @param after the same with the smaller version
 */
public record Fidelity(
    DoubleSummaryStatistics cosines, Map<String, Double> before, Map<String, Double> after) {

  private static final int MOST = 256;

  /**
   * Asks up to 256 training images, evenly spread, and the held-out ones for their neighbours. Of
   * large data sets they are not the images of {@link Calibration}.
   *
   * @throws UserMistake if the network does not map images to features
   */
  public static Fidelity of(
      BackboneFile whole,
      BackboneFile small,
      Dataset data,
      TrainingRuntime runtime,
      DeviceSettings device) {
    if (whole.model().inputs().size() != 1) {
      throw new UserMistake(
          "Only networks that read images alone are made smaller; this one reads %s."
              .formatted(whole.model().inputs()));
    }
    NeighbourEvaluation neighbours = NeighbourEvaluation.STANDARD;
    return new Fidelity(
        cosines(whole, small, data.training(), runtime, device),
        Neighbours.of(whole, data.heldOut(), neighbours, runtime, device),
        Neighbours.of(small, data.heldOut(), neighbours, runtime, device));
  }

  private static DoubleSummaryStatistics cosines(
      BackboneFile whole,
      BackboneFile small,
      ImageDataset images,
      TrainingRuntime runtime,
      DeviceSettings device) {
    DoubleSummaryStatistics cosines = new DoubleSummaryStatistics();
    try (Embedder one = runtime.embedder(whole.model(), device);
        Embedder other = runtime.embedder(small.model(), device)) {
      Sampled.of(images, MOST, Sampled.Phase.FIRST, whole.card().preprocessing())
          .forEach(image -> cosines.accept(cosine(one.embed(image), other.embed(image))));
    }
    return cosines;
  }

  private static double cosine(Tensor one, Tensor other) {
    float[] a = one.toFloats();
    float[] b = other.toFloats();
    double product = 0;
    double lengthA = 0;
    double lengthB = 0;
    for (int i = 0; i < a.length; i++) {
      product += (double) a[i] * b[i];
      lengthA += (double) a[i] * a[i];
      lengthB += (double) b[i] * b[i];
    }
    return lengthA == 0 && lengthB == 0 ? 1 : product / Math.sqrt(lengthA * lengthB);
  }

  /** For people: a line on the features, and one per question. */
  public List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Cosine to the features in float32 on %d of the run's images: mean %s, least %s"
            .formatted(
                cosines.getCount(), written(cosines.getAverage()), written(cosines.getMin())));
    before.forEach(
        (question, accuracy) ->
            lines.add(
                "kNN %s: %s in float32, %s now"
                    .formatted(
                        question, written(accuracy), written(after.getOrDefault(question, 0.0)))));
    return lines;
  }

  /** For the file's metadata, by name. */
  public Map<String, String> notes() {
    Map<String, String> notes = new LinkedHashMap<>();
    notes.put("fidelity.images", Long.toString(cosines.getCount()));
    notes.put("fidelity.meanCosine", written(cosines.getAverage()));
    notes.put("fidelity.leastCosine", written(cosines.getMin()));
    before.forEach((question, value) -> notes.put("fidelity.knn." + question, written(value)));
    after.forEach((question, value) -> notes.put("fidelity.knnNow." + question, written(value)));
    return notes;
  }

  private static String written(double value) {
    return String.format(Locale.ROOT, "%.6f", value);
  }
}
