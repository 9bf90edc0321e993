package io.github.nolabel.runs.engine;

import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.evaluation.EvaluationSet;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.evaluation.NeighbourEvaluation;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.runs.model.BackboneFile;
import java.util.Map;

/** Asks held-out images for their neighbours. */
public final class Neighbours {

  /** Raw pixels are compared at this size at most; larger images would fill the memory. */
  private static final int LARGEST_RAW = 32;

  private Neighbours() {}

  /** Accuracy by question with an exported backbone; its own weights are all it uses. */
  public static Map<String, Double> of(
      BackboneFile backbone,
      HeldOut images,
      NeighbourEvaluation protocol,
      TrainingRuntime runtime,
      DeviceSettings device) {
    if (images.questions().isEmpty()) {
      return Map.of();
    }
    EvaluationSet set = images.preprocessed(backbone.card().preprocessing());
    int batch = Probes.batchSize(backbone.card().preprocessing());
    try (Embedder embedder = runtime.embedder(backbone.model(), device)) {
      return protocol.accuracies(FeatureMatrix.embed(embedder, set.batches(batch)), set);
    }
  }

  /**
   * Whether a network on its way finds as many right neighbours for the headline as before its
   * first step; false if nothing is asked.
   */
  static boolean asMany(
      Embedder embedder,
      HeldOut images,
      Preprocessing preprocessing,
      Map<String, Double> untrained) {
    if (images.questions().isEmpty()) {
      return false;
    }
    EvaluationSet set = images.preprocessed(preprocessing);
    FeatureMatrix features =
        FeatureMatrix.embed(embedder, set.batches(Probes.batchSize(preprocessing)));
    Map<String, Double> found = NeighbourEvaluation.STANDARD.accuracies(features, set);
    return images.questions().stream()
        .limit(1)
        .map(NeighbourQuestion::name)
        .anyMatch(name -> found.getOrDefault(name, 0.0) >= untrained.getOrDefault(name, 1.0));
  }

  static Map<String, Double> ofPixels(HeldOut images, Preprocessing preprocessing) {
    if (images.questions().isEmpty()) {
      return Map.of();
    }
    Preprocessing small =
        new Preprocessing(
            Math.min(LARGEST_RAW, preprocessing.size()),
            preprocessing.cropShare(),
            preprocessing.normalisation());
    EvaluationSet set = images.preprocessed(small);
    return NeighbourEvaluation.STANDARD.accuracies(
        FeatureMatrix.ofPixels(set.batches(Probes.batchSize(small))), set);
  }
}
