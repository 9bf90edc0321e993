package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A teacher that looks once at every image: {@code teacherFeatures=once}. */
class TeacherFeaturesTest {

  /** Of magic number, rows and width. */
  private static final int HEADER = 24;

  @TempDir Path folder;

  private Path teacher;
  private Path kept;

  @BeforeEach
  void aTeacher() {
    teacher =
        Runs.pretrain(plan("simclr").imageSize(24), folder.resolve("teacher"))
            .directory()
            .resolve("backbone.onnx");
    kept = new Heard().run("first").file();
  }

  @AfterEach
  void tidy() throws IOException {
    Files.deleteIfExists(kept);
  }

  private RunPlan plan(String method) {
    return RunPlan.of(method)
        .data("folder:" + TinyPhotos.labelled(folder.resolve("photos"), 8))
        .backbone("small-cnn")
        .epochs(2)
        .batchSize(8)
        .imageSize(16)
        .set("backbone.width", 4)
        .set("backbone.stages", 2)
        .set("evaluation.everyEpochs", 0);
  }

  private RunPlan once() {
    return plan("distil")
        .set("method.teacher", "onnx:" + teacher)
        .set("method.comparison", "cosine")
        .set("method.teacherFeatures", "once");
  }

  @Test
  void theCacheHoldsWhatTheTeachersFileSaysOfPlainImages() throws IOException {
    ImageDataset images =
        Datasets.open("folder:" + folder.resolve("photos"), DatasetSettings.DEFAULTS).training();
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(kept)).order(ByteOrder.LITTLE_ENDIAN);
    bytes.position(HEADER);
    try (TrainingRuntime runtime = TrainingRuntime.find();
        Embedder file = runtime.embedder(runtime.read(teacher), DeviceSettings.DEFAULTS)) {
      for (Tensor batch : PreparedImages.of(images, Preprocessing.standard(24)).batches(5)) {
        for (float expected : file.embed(batch).toFloats()) {
          assertThat(bytes.getFloat()).isCloseTo(expected, within(1e-5f));
        }
      }
    }
    assertThat(bytes.remaining()).as("the check sum alone").isEqualTo(Long.BYTES);
  }

  @Test
  void aSecondRunComputesNothing() throws IOException {
    var written = Files.getLastModifiedTime(kept);
    Heard second = new Heard().run("second");
    assertThat(second.ofFeatures())
        .containsExactly(
            "The teacher's features of %d images were computed before: %s."
                .formatted(second.images(kept), kept));
    assertThat(Files.getLastModifiedTime(kept)).isEqualTo(written);
  }

  @Test
  void aDamagedFileIsComputedAnew() throws IOException {
    byte[] whole = Files.readAllBytes(kept);
    byte[] damaged = whole.clone();
    damaged[HEADER] ^= 1;
    Files.write(kept, damaged);
    Heard second = new Heard().run("second");
    assertThat(second.ofFeatures()).hasSize(2);
    assertThat(second.ofFeatures().get(0))
        .isEqualTo(kept + " is damaged: the features are computed anew.");
    assertThat(Files.readAllBytes(kept)).isEqualTo(whole);
  }

  @Test
  void theStudentComesCloser() {
    Heard heard = new Heard();
    Runs.pretrain(once().epochs(30), folder.resolve("long"), heard);
    int third = heard.losses.size() / 3;
    double first = mean(heard.losses.subList(0, third));
    double last = mean(heard.losses.subList(2 * third, 3 * third));
    assertThat(last).isLessThan(0.8 * first);
  }

  private static double mean(List<Double> values) {
    return values.stream().flatMapToDouble(DoubleStream::of).average().orElseThrow();
  }

  private final class Heard implements RunWatcher {

    private final List<String> notices = new ArrayList<>();
    private final List<Double> losses = new ArrayList<>();

    Heard run(String name) {
      Runs.pretrain(once(), folder.resolve(name), this);
      return this;
    }

    @Override
    public void onNotice(String notice) {
      notices.add(notice);
    }

    @Override
    public void onStep(StepReport report) {
      losses.add(report.loss());
    }

    List<String> ofFeatures() {
      return notices.stream().filter(notice -> notice.contains("features")).toList();
    }

    Path file() {
      String computed = ofFeatures().get(0);
      assertThat(computed).contains(" images are computed once and kept in ");
      return Path.of(computed.replaceAll(".* kept in (.*)\\.", "$1"));
    }

    long images(Path file) throws IOException {
      return ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN).getLong(8);
    }
  }
}
