package io.github.nolabel.runs.report;

import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.JoinedImages;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.evaluation.NeighbourQuestion;
import io.github.nolabel.evaluation.NeighbourRound;
import io.github.nolabel.runs.model.BackboneFile;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Images of a run's data with the features of its newest checkpoint.
 *
 * @param images spread evenly over all, the broken ones left out
 * @param indices of the images among all
 * @param features a row of length one each
 */
record Exhibition(Opened run, ImageDataset images, List<Integer> indices, FeatureMatrix features) {

  private static final int MOST = 7000;
  private static final long PIXELS = 1L << 25;
  private static final int BATCH = 64;

  static Exhibition of(Opened run, Story story) {
    ImageDataset all = run.images();
    TrainingRuntime runtime = TrainingRuntime.find();
    BackboneFile backbone =
        run.trained().export(runtime.saved(story.folder().root()), BackboneExporter.BACKBONE);
    Preprocessing preprocessing = backbone.card().preprocessing();
    int[] chosen = spread(all.size(), most(preprocessing.size()));
    ImageDataset images = JoinedImages.choose(all, chosen);
    PreparedImages prepared = PreparedImages.of(images, preprocessing, "images of the report");
    DeviceSettings device = new DeviceSettings(Device.AUTO, run.trained().plan().run().threads());
    try (Embedder embedder = runtime.embedder(backbone.model(), device)) {
      FeatureMatrix features = FeatureMatrix.embed(embedder, prepared.batches(BATCH));
      int[] whole =
          IntStream.range(0, chosen.length).filter(i -> !prepared.broken().contains(i)).toArray();
      return new Exhibition(
          run,
          JoinedImages.choose(images, whole),
          IntStream.of(whole).mapToObj(i -> chosen[i]).toList(),
          rows(features, whole).unitRows());
    }
  }

  private static int most(int size) {
    return (int) Math.max(16, Math.min(MOST, PIXELS / ((long) size * size)));
  }

  /** Indices below {@code size}, evenly apart. */
  static int[] spread(int size, int most) {
    int count = Math.min(size, most);
    return IntStream.range(0, count).map(i -> (int) ((long) i * size / count)).toArray();
  }

  private static FeatureMatrix rows(FeatureMatrix features, int... rows) {
    float[] values = features.values();
    int width = features.width();
    float[] kept = new float[rows.length * width];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(values, rows[i] * width, kept, i * width, width);
    }
    return FeatureMatrix.of(width, kept);
  }

  /** How people call the class of an image; empty if nobody said what it is. */
  String className(int image) {
    int label = images.label(image).orElse(-1);
    return label < 0 ? "" : images.labelNames().get(label);
  }

  /** The right answers to the run's first question, an image each; empty if nothing is asked. */
  List<Integer> answers() {
    return questions().stream().findFirst().map(NeighbourQuestion::labels).orElse(List.of());
  }

  /** The run's questions, about the shown images; none if these are not what the run asks about. */
  List<NeighbourQuestion> questions() {
    boolean heldOut = run.images().equals(run.data().heldOut().images());
    return heldOut ? run.data().heldOut().questions().stream().map(this::here).toList() : List.of();
  }

  private NeighbourQuestion here(NeighbourQuestion question) {
    return new NeighbourQuestion(
        question.name(),
        indices.stream().map(question.labels()::get).toList(),
        question.neighbours(),
        question.amongQueries());
  }

  /** Which shown images ask and which answer, where both are left. */
  List<NeighbourRound> rounds() {
    Map<Integer, Integer> places = new HashMap<>();
    IntStream.range(0, indices.size()).forEach(i -> places.put(indices.get(i), i));
    return run.data().heldOut().rounds().stream()
        .map(
            round ->
                new NeighbourRound(here(round.queries(), places), here(round.gallery(), places)))
        .filter(round -> !round.queries().isEmpty() && !round.gallery().isEmpty())
        .toList();
  }

  private static List<Integer> here(List<Integer> images, Map<Integer, Integer> places) {
    return images.stream().filter(places::containsKey).map(i -> places.getOrDefault(i, 0)).toList();
  }
}
