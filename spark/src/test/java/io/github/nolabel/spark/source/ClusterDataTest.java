package io.github.nolabel.spark.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.data.load.Share;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.spark.SparkRuns;
import io.github.nolabel.spark.SparkSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two workers, each with its own share of images that Hadoop's classes read. */
class ClusterDataTest {

  private static final int IMAGES = 24;
  private static final int BATCH = 8;
  private static final int EPOCHS = 2;
  private static final String VIEW = "view";

  @TempDir static Path folder;

  private static JavaSparkContext context;

  @BeforeAll
  static void start() throws IOException {
    Pictures.write(
        folder.resolve("hadoop"),
        IntStream.range(0, IMAGES).mapToObj("%02d.png"::formatted).toList());
    Files.createDirectory(folder.resolve("parquet"));
    Tables.images(folder.resolve("parquet/a.parquet"), 0, 11);
    Tables.images(folder.resolve("parquet/b.parquet"), 11, IMAGES - 11);
    context =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("data")
                .set("spark.ui.enabled", "false")
                .set("spark.driver.host", "localhost")
                .set("spark.driver.bindAddress", "127.0.0.1"));
  }

  @AfterAll
  static void stop() {
    context.stop();
  }

  /** And one machine without Spark sees them in the same order. */
  @ParameterizedTest
  @ValueSource(strings = {"hadoop", "parquet"})
  void twoWorkersSeeEveryImageOnceAnEpoch(String kind) {
    String source = kind + ":" + folder.resolve(kind).toUri();
    List<List<Float>> shares =
        context.parallelize(List.of(0, 1), 2).map(worker -> seen(source, worker, 2)).collect();
    List<Float> joined = new ArrayList<>();
    int rows = BATCH / 2;
    for (int at = 0; at < IMAGES / 2 * EPOCHS; at += rows) {
      for (List<Float> share : shares) {
        joined.addAll(share.subList(at, at + rows));
      }
    }
    assertThat(joined).isEqualTo(seen(source, 0, 1));
    List<Float> first = joined.subList(0, IMAGES);
    List<Float> second = joined.subList(IMAGES, 2 * IMAGES);
    assertThat(new HashSet<>(first)).hasSize(IMAGES).containsAll(second);
    assertThat(new HashSet<>(second)).hasSize(IMAGES);
    assertThat(second).isNotEqualTo(first);
  }

  @Test
  void aRunReadsThem() {
    RunPlan plan =
        RunPlan.of("simclr")
            .data("parquet:" + folder.resolve("parquet"))
            .backbone("small-cnn")
            .epochs(1)
            .batchSize(BATCH)
            .imageSize(16)
            .set("backbone.width", 4)
            .set("backbone.stages", 2)
            .set("projectionDim", 8)
            .set("run.threads", 1);
    Run run =
        SparkRuns.pretrain(
            plan, folder.resolve("run"), context, SparkSettings.DEFAULTS.withWorkers(2));
    assertThat(run.isComplete()).isTrue();
  }

  /** The grey of every image that a worker gets in the epochs. */
  private static List<Float> seen(String source, int worker, int workers) {
    InputPlan plan =
        InputPlan.ofViews(List.of(new View(VIEW, 8, List.of())), Preprocessing.standard(8));
    BatchLoader loader =
        new BatchLoader(
            Datasets.open(source, DatasetSettings.DEFAULTS).training(),
            plan,
            new LoaderSettings(BATCH, 7, 2, false),
            Map.of(),
            Map.of(),
            new Share(worker, workers));
    List<Float> greys = new ArrayList<>();
    try (BatchStream stream = loader.from(0)) {
      for (int i = 0; i < EPOCHS * IMAGES / BATCH; i++) {
        Batch batch = stream.next();
        float[] rows = Objects.requireNonNull(batch.tensors().get(VIEW)).toFloats();
        for (int row = 0; row < batch.size(); row++) {
          greys.add(rows[row * 3 * 8 * 8]);
        }
      }
    }
    return greys;
  }
}
