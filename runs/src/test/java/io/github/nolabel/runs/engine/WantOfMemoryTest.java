package io.github.nolabel.runs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.MemoryExhaustedException;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.Photos;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.plan.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WantOfMemoryTest {

  @TempDir private Path folder;
  private RunPlan plan = RunPlan.of("simclr");
  private Path run;

  @BeforeEach
  void prepare() {
    run = folder.resolve("run");
    plan =
        RunPlan.of("simclr")
            .data(Photos.of(folder.resolve("photos"), 48))
            .backbone("small-cnn")
            .epochs(1)
            .batchSize(64)
            .imageSize(16)
            .set("device.kernels", "onnxruntime")
            .set("run.device", "cpu")
            .set("backbone.width", 4)
            .set("backbone.stages", 2)
            .set("projectionDim", 8);
  }

  @Test
  void theBatchThatFitsIsFoundByTryingAndNamed() throws IOException {
    SmallMemory memory = new SmallMemory(20);
    assertThatThrownBy(() -> train(memory, plan))
        .isInstanceOf(UserMistake.class)
        .hasCauseInstanceOf(MemoryExhaustedException.class)
        .hasMessage(
            "Batches of 64 images of 16 x 16 pixels need more memory than this machine has free (3072 MiB in all)."
                + " Batches of 16 fit: set batchSize=16, or keep 64 images per update with batchSize=16 and optimizer.accumulate=4.");
    assertThat(memory.tried).containsExactly(64, 32, 16);
    assertThat(memory.open).as("sessions left open").isZero();
    assertThat(run.resolve("trial")).doesNotExist();
    assertThat(Files.readString(run.resolve("run.json"))).contains("\"failed\"");
  }

  @Test
  void soItIsWhereTheSessionCannotEvenBeOpened() {
    SmallMemory memory = new SmallMemory(40, true, null);
    assertThatThrownBy(() -> train(memory, plan.set("optimizer.accumulate", 1)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Batches of 32 fit: set batchSize=32");
    assertThat(memory.tried).containsExactly(64, 32);
  }

  @Test
  void thatNoneFitsIsSaid() {
    SmallMemory memory = new SmallMemory(0);
    assertThatThrownBy(() -> train(memory, plan))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Not even batches of 8 fit: take smaller images");
    assertThat(memory.tried).containsExactly(64, 32, 16, 8);
  }

  @Test
  void whereTryingFailsForAnotherReasonNoNumberIsNamed() {
    SmallMemory memory = new SmallMemory(20, false, new IllegalStateException("of the test"));
    assertThatThrownBy(() -> train(memory, plan))
        .isInstanceOf(UserMistake.class)
        .hasMessageEndingWith(
            "(3072 MiB in all). Take smaller batches or images, or a smaller network.")
        .satisfies(
            e ->
                assertThat(Objects.requireNonNull(e.getCause()).getSuppressed())
                    .extracting(Throwable::getMessage)
                    .containsExactly("of the test"));
  }

  @Test
  void updatesOfSeveralBatchesKeepTheirImages() {
    assertThatThrownBy(
            () -> train(new SmallMemory(20), plan.batchSize(32).set("optimizer.accumulate", 2)))
        .hasMessageContaining(
            "keep 64 images per update with batchSize=16 and optimizer.accumulate=4");
  }

  private void train(SmallMemory memory, RunPlan asked) {
    new Engine(memory.runtime(), Catalogue.of(getClass().getClassLoader()))
        .create(asked, run)
        .train();
  }
}
