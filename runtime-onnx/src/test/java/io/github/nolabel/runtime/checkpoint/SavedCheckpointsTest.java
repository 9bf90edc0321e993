package io.github.nolabel.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.CheckpointException;
import io.github.nolabel.api.train.SavedState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavedCheckpointsTest {

  private static final RunSignature SIGNATURE =
      new RunSignature("program", Map.of("seed", "1"), Map.of(), 1, "cpu", "onnxruntime");

  @TempDir Path run;
  private Path older = Path.of("");

  @BeforeEach
  void save() {
    CheckpointStore store = CheckpointStore.open(run, SIGNATURE, 5);
    store.save(
        new CheckpointStore.UnsavedRun(
            3, Map.of(), StateSource.of(Map.of("w", Tensor.scalar(3))), Map.of()));
    store.save(
        new CheckpointStore.UnsavedRun(
            12, Map.of(), StateSource.of(Map.of("w", Tensor.scalar(12))), Map.of()));
    older = store.pathOf(3);
  }

  @Test
  void aRunStandsForItsNewestCheckpoint() {
    SavedState saved = SavedCheckpoints.read(run);
    assertThat(saved.step()).isEqualTo(12);
    assertThat(saved.checkpoint()).endsWith(Path.of("checkpoints", "step-0000000012"));
    assertThat(weight(saved)).isEqualTo(12);
  }

  @Test
  void anyCheckpointCanBeNamed() {
    SavedState saved = SavedCheckpoints.read(older);
    assertThat(saved.step()).isEqualTo(3);
    assertThat(saved.checkpoint()).isEqualTo(older);
    assertThat(weight(saved)).isEqualTo(3);
  }

  @Test
  void readingChangesNothing() throws IOException {
    Files.createDirectory(run.resolve("checkpoints/.writing-step-0000000020"));
    long before = files();
    SavedCheckpoints.read(run);
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aFolderWithoutCheckpointsIsRefused() throws IOException {
    Path empty = Files.createDirectory(run.resolve("empty"));
    assertThatThrownBy(() -> SavedCheckpoints.read(empty))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("There is no checkpoint in " + empty);
  }

  @Test
  void aDamagedStateIsRefused() throws IOException {
    Path state = older.resolve(CheckpointStore.STATE);
    byte[] bytes = Files.readAllBytes(state);
    bytes[bytes.length / 2] ^= 1;
    Files.write(state, bytes);
    assertThatThrownBy(() -> SavedCheckpoints.read(older))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(CheckpointStore.STATE)
        .hasMessageContaining("Name another checkpoint of the run.");
  }

  private long files() throws IOException {
    try (Stream<Path> tree = Files.walk(run)) {
      return tree.count();
    }
  }

  private static double weight(SavedState saved) {
    Tensor weight = saved.state().getOrDefault("w", Tensor.scalar(-1));
    return weight.floats().get(0);
  }
}
