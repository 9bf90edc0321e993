package io.github.nolabel.benchmarks;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.method.CompiledMethod;
import java.util.Map;

/** What leaves the device, beside what the CPU makes of it. */
final class ExportChecks {

  private static final int IMAGES = 256;
  private static final double OF_FEATURES = 1e-3;
  private static final double SAME_ANSWERS = 0.98;

  private final Device device;
  private final OnnxModel model;
  private final Trainer trainer;

  ExportChecks(Device device, CompiledMethod pretraining, Trainer trainer) {
    this.device = device;
    this.trainer = trainer;
    this.model =
        pretraining.exporter().export(trainer.state(), BackboneExporter.BACKBONE, Map.of());
  }

  /** The exported model on the CPU beside the live weights on the device. */
  Check export() {
    Tensor images = new Gratings(32, TrainingChecks.SIZE, 1).images(10_000, 1);
    try (Embedder live = trainer.embedder()) {
      double apart = Distances.relative(onCpu(images), live.embed(images).toFloats());
      return Check.of(
          "export",
          apart <= OF_FEATURES,
          "features %.1e apart (%.0e)".formatted(apart, OF_FEATURES));
    }
  }

  /** The kind of the nearest neighbour, asked on the device and on the CPU. */
  Check neighbours() {
    Gratings drawn = new Gratings(IMAGES, TrainingChecks.SIZE, 1);
    Tensor known = drawn.images(20_000 - 20_000 % Gratings.KINDS, 1);
    Tensor asked = drawn.images(40_000 - 40_000 % Gratings.KINDS, 2);
    int[] here;
    try (Embedder embedder = TrainingRuntime.find().embedder(model, device.settings())) {
      here = nearest(embedder.embed(known).toFloats(), embedder.embed(asked).toFloats());
    }
    int[] there = nearest(onCpu(known), onCpu(asked));
    int same = 0;
    int right = 0;
    for (int i = 0; i < IMAGES; i++) {
      same += here[i] == there[i] ? 1 : 0;
      right += here[i] % Gratings.KINDS == i % Gratings.KINDS ? 1 : 0;
    }
    return Check.of(
        "kNN",
        same >= SAME_ANSWERS * IMAGES && right > 2 * IMAGES / Gratings.KINDS,
        "%d of %d neighbours are the CPU's (%.0f), %d of the right kind (chance %d)"
            .formatted(same, IMAGES, SAME_ANSWERS * IMAGES, right, IMAGES / Gratings.KINDS));
  }

  private float[] onCpu(Tensor images) {
    try (Embedder embedder =
        TrainingRuntime.find().embedder(model, Device.exact("cpu").settings())) {
      return embedder.embed(images).toFloats();
    }
  }

  private static int[] nearest(float[] known, float[] asked) {
    int width = known.length / IMAGES;
    int[] nearest = new int[IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      double best = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < IMAGES; j++) {
        double cosine = cosine(asked, i * width, known, j * width, width);
        if (cosine > best) {
          best = cosine;
          nearest[i] = j;
        }
      }
    }
    return nearest;
  }

  private static double cosine(float[] a, int i, float[] b, int j, int width) {
    double product = 0;
    double one = 0;
    double other = 0;
    for (int k = 0; k < width; k++) {
      product += (double) a[i + k] * b[j + k];
      one += (double) a[i + k] * a[i + k];
      other += (double) b[j + k] * b[j + k];
    }
    return product / Math.sqrt(one * other + 1e-24);
  }
}
