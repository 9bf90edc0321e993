package io.github.nolabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FeatureBatchesTest {

  private static final int IMAGES = 10;

  /** The features of image i in epoch e are (i, e), its label is 3 i. */
  private static final FeatureBatches BATCHES =
      new FeatureBatches(
          FeatureBatchesTest::features,
          IntStream.range(0, IMAGES).mapToObj(i -> 3 * i).toList(),
          4,
          7);

  @Test
  void anEpochShowsDifferentImagesWithTheirLabelsAndLeavesTheRestOut() {
    assertThat(BATCHES.batchesPerEpoch()).isEqualTo(2);
    List<float[]> rows = rows(BATCHES, 0, 2);
    assertThat(rows).extracting(row -> row[0]).doesNotHaveDuplicates().hasSize(8);
    assertThat(rows).allMatch(row -> row[2] == 3 * row[0]);
  }

  @Test
  void everyEpochAsksForItsOwnFeaturesAndHasItsOwnOrder() {
    List<float[]> rows = rows(BATCHES, 0, 6);
    assertThat(rows.subList(8, 16)).allMatch(row -> row[1] == 1);
    assertThat(rows.subList(16, 24)).allMatch(row -> row[1] == 2);
    assertThat(images(rows.subList(0, 8))).isNotEqualTo(images(rows.subList(8, 16)));
  }

  @Test
  void batchesDependOnNothingButSeedAndIndex() {
    List<Float> all = images(rows(BATCHES, 0, 6));
    assertThat(images(rows(BATCHES, 3, 3))).isEqualTo(all.subList(12, 24));
    FeatureBatches other = new FeatureBatches(FeatureBatchesTest::features, BATCHES.labels(), 4, 8);
    assertThat(images(rows(other, 0, 6))).isNotEqualTo(all);
  }

  private static FeatureMatrix features(long epoch) {
    float[] values = new float[2 * IMAGES];
    for (int i = 0; i < IMAGES; i++) {
      values[2 * i] = i;
      values[2 * i + 1] = epoch;
    }
    return FeatureMatrix.of(2, values);
  }

  private static List<float[]> rows(FeatureBatches batches, long first, int count) {
    List<float[]> rows = new ArrayList<>();
    try (BatchStream stream = batches.from(first)) {
      for (int i = 0; i < count; i++) {
        Batch batch = stream.next();
        var features = Objects.requireNonNull(batch.tensors().get("images")).floats();
        var labels = Objects.requireNonNull(batch.tensors().get("labels")).longs();
        while (labels.hasRemaining()) {
          rows.add(new float[] {features.get(), features.get(), labels.get()});
        }
      }
    }
    return rows;
  }

  private static List<Float> images(List<float[]> rows) {
    return rows.stream().map(row -> row[0]).toList();
  }
}
