package com.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.model.FeatureTable;
import io.github.nolabel.runs.watch.Progress;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainTest {

  /** Read by the project "deploy". */
  private static final Path DEPLOYED = Path.of("target", "deployed");

  @TempDir Path folder;

  @Test
  void tenLinesTrainAndLeaveABackbone() throws IOException {
    Path photos = Photos.twoClasses(folder.resolve("photos"), 12);
    Path directory = folder.resolve("run");
    Path backbone = DEPLOYED.resolve("backbone.onnx");
    Steps steps = new Steps();
    RunPlan plan =
        RunPlan.of("simclr")
            .data("folder:" + photos)
            .backbone("small-cnn")
            .epochs(2)
            .batchSize(8)
            .imageSize(16)
            .set("temperature", 0.2);
    Run run = Runs.pretrain(plan, directory, Progress.on(System.out), steps);
    run.backbone().save(backbone);
    assertThat(run.isComplete()).isTrue();
    assertThat(run.result().trained().get("accuracy")).isBetween(0.0, 1.0);
    assertThat(steps.numbers).hasSize((int) run.result().training().step()).isNotEmpty();
    assertThat(backbone).isNotEmptyFile();
    writeWhatItSees(run.backbone(), DEPLOYED);
  }

  @Test
  void aRunThatAnotherThreadStoppedGoesOnAsIfItNeverHad() throws Exception {
    RunPlan plan = small().epochs(3);
    Steps whole = new Steps();
    Run expected = Runs.pretrain(plan, folder.resolve("whole"), whole);

    Path directory = folder.resolve("stopped");
    Run run = Runs.create(plan, directory);
    Steps before = new Steps();
    Pause pause = new Pause();
    CompletableFuture<Boolean> training =
        CompletableFuture.supplyAsync(() -> run.train(before, pause));
    pause.reached.await();
    run.stop();
    pause.over.countDown();
    assertThat(training.join()).as("complete").isFalse();
    assertThat(before.numbers).containsExactly(1L, 2L);

    Steps after = new Steps();
    Run resumed = Runs.resume(directory, after);
    assertThat(resumed.isComplete()).isTrue();
    assertThat(before.losses).isEqualTo(whole.losses.subList(0, 2));
    assertThat(after.losses).isEqualTo(whole.losses.subList(2, whole.losses.size())).isNotEmpty();
    assertThat(resumed.result().trained()).isEqualTo(expected.result().trained());
  }

  @Test
  void twoRunsAtOnceAreThoseOneAfterTheOther() {
    RunPlan plan = small();
    List<Steps> seen = List.of(new Steps(), new Steps(), new Steps());
    CompletableFuture<Run> first =
        CompletableFuture.supplyAsync(() -> Runs.pretrain(plan, folder.resolve("a"), seen.get(0)));
    CompletableFuture<Run> second =
        CompletableFuture.supplyAsync(
            () -> Runs.pretrain(plan.seed(2), folder.resolve("b"), seen.get(1)));
    assertThat(first.join().isComplete()).isTrue();
    assertThat(second.join().isComplete()).isTrue();
    Runs.pretrain(plan, folder.resolve("c"), seen.get(2));
    assertThat(seen.get(2).losses).isNotEmpty().isEqualTo(seen.get(0).losses);
    assertThat(seen.get(2).losses).as("another seed").isNotEqualTo(seen.get(1).losses);
  }

  private RunPlan small() {
    return RunPlan.of("simclr")
        .data("folder:" + Photos.twoClasses(folder.resolve("photos"), 12))
        .backbone("small-cnn")
        .epochs(2)
        .batchSize(8)
        .imageSize(16)
        .set("backbone.width", 4)
        .set("backbone.stages", 2)
        .set("projectionDim", 8);
  }

  /** Photos that the run has not seen, and their features. */
  private static void writeWhatItSees(BackboneFile backbone, Path target) throws IOException {
    Path photos = Photos.noise(target.resolve("photos"), 5, 0x00FF00);
    ImageDataset images =
        Datasets.images("folder:" + photos, DatasetSettings.DEFAULTS, notice -> {});
    FeatureTable table = new FeatureTable(images, backbone.card().preprocessing());
    try (TrainingRuntime runtime = TrainingRuntime.find();
        Embedder embedder = runtime.embedder(backbone.model(), DeviceSettings.DEFAULTS)) {
      Path file = target.resolve("features.npy");
      table.writeFeatures(file, OutputFiles.LOCAL, embedder, backbone.featureWidth());
    }
  }

  /** Holds the training thread at the second step until it is let go. */
  private static final class Pause implements RunWatcher {

    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch over = new CountDownLatch(1);

    @Override
    public void onStep(StepReport report) {
      if (report.step() == 2) {
        reached.countDown();
        try {
          over.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
