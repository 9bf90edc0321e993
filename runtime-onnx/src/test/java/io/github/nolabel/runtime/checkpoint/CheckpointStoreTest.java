package io.github.nolabel.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.api.train.CheckpointException;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.SavedRun;
import io.github.nolabel.runtime.checkpoint.CheckpointStore.UnsavedRun;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointStoreTest {

  private static final RunSignature SIGNATURE = signature("abc", "1", 2, "some processor");

  @TempDir Path run;

  @Test
  void theNewestCheckpointComesBack() {
    CheckpointStore store = open(SIGNATURE, 9);
    store.save(unsaved(3, 0.1));
    store.save(unsaved(12, 1.0 / 3));
    SavedRun saved = open(SIGNATURE, 9).resume().orElseThrow();
    assertThat(saved.step()).isEqualTo(12);
    assertThat(saved.slots()).containsExactly(Map.entry("cursor", 1.0 / 3));
    Tensor w = StateFile.read(saved.state()).get("w");
    assertThat(w).isNotNull().satisfies(t -> assertThat(t.toFloats()).containsExactly(12, -1));
  }

  @Test
  void slotsSurviveWhateverTheyHold() {
    CheckpointStore store = open(SIGNATURE, 1);
    for (double value : new double[] {Double.NaN, Double.MIN_VALUE, -0.0, 1e300, 0x1.fffp-1022}) {
      store.save(unsaved(store.newest().isEmpty() ? 1 : 2, value));
      double back = store.resume().orElseThrow().slots().getOrDefault("cursor", 99.0);
      assertThat(Double.doubleToLongBits(back)).isEqualTo(Double.doubleToLongBits(value));
      deleteAll();
    }
  }

  @Test
  void onlyTheNewestStay() {
    CheckpointStore store = open(SIGNATURE, 2);
    for (long step : new long[] {0, 5, 10, 15}) {
      store.save(unsaved(step, 0));
    }
    assertThat(run.resolve("checkpoints").toFile().list())
        .containsExactlyInAnyOrder("step-0000000010", "step-0000000015");
  }

  @Test
  void whatACrashLeftIsIgnoredAndCleared() throws IOException {
    open(SIGNATURE, 2).save(unsaved(5, 0));
    Path unfinished = run.resolve("checkpoints/.writing-step-0000000010");
    Files.createDirectories(unfinished);
    Files.writeString(unfinished.resolve("state.ckpt"), "half");
    Files.createDirectories(run.resolve("checkpoints/.deleting-step-0000000001"));
    CheckpointStore store = open(SIGNATURE, 2);
    assertThat(store.newest()).contains(store.pathOf(5));
    assertThat(run.resolve("checkpoints").toFile().list()).containsExactly("step-0000000005");
  }

  @Test
  void aFreshRunDoesNotMixWithAnOlderOne() {
    CheckpointStore store = open(SIGNATURE, 2);
    store.requireFresh();
    store.save(unsaved(5, 0));
    assertThatThrownBy(store::requireFresh)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(run.toString())
        .hasMessageContaining("Resume it")
        .hasMessageContaining("another folder");
  }

  @Test
  void thereIsNothingToResumeBeforeTheFirstCheckpoint() {
    assertThat(open(SIGNATURE, 2).resume()).isEmpty();
  }

  @Test
  void everyDamagedByteOfTheStateIsNoticed() throws IOException {
    open(SIGNATURE, 2).save(unsaved(5, 0));
    Path state = run.resolve("checkpoints/step-0000000005/state.ckpt");
    byte[] good = Files.readAllBytes(state);
    for (int i = 0; i < good.length; i += 17) {
      byte[] bad = good.clone();
      bad[i] ^= 4;
      Files.write(state, bad);
      assertRefused("state.ckpt", "truncated or corrupted");
    }
  }

  @Test
  void aTruncatedStateIsRefused() throws IOException {
    open(SIGNATURE, 2).save(unsaved(5, 0));
    Path state = run.resolve("checkpoints/step-0000000005/state.ckpt");
    Files.write(state, java.util.Arrays.copyOf(Files.readAllBytes(state), 40));
    assertRefused("state.ckpt", "truncated or corrupted (40 bytes");
  }

  @Test
  void aChangedManifestIsRefused() throws IOException {
    open(SIGNATURE, 2).save(unsaved(5, 0));
    Path manifest = run.resolve("checkpoints/step-0000000005/checkpoint.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"step\" : 5", "\"step\" : 6"));
    assertRefused("checkpoint.json", "truncated or corrupted");
  }

  @Test
  void aFolderThatIsNoCheckpointIsRefused() throws IOException {
    Files.createDirectories(run.resolve("checkpoints/step-0000000005"));
    assertRefused("checkpoint.json", "does not exist");
  }

  @Test
  void anotherFormatIsRefused() throws IOException {
    open(SIGNATURE, 2).save(unsaved(5, 0));
    rewriteManifest("{\"format\": 7}");
    assertRefused("checkpoint.json", "format 7, this version of Nolabel reads 1");
  }

  @Test
  void foreignJsonIsRefused() throws IOException {
    open(SIGNATURE, 2).save(unsaved(5, 0));
    rewriteManifest("{\"epoch\": 7}");
    assertRefused("checkpoint.json", "no field 'format'");
    rewriteManifest("not json");
    assertRefused("checkpoint.json", "no JSON");
    rewriteManifest("{\"format\": 1}");
    assertRefused("checkpoint.json", "no field 'program'");
  }

  @Test
  void theWayOutIsTheCheckpointBefore() throws IOException {
    CheckpointStore store = open(SIGNATURE, 2);
    store.save(unsaved(5, 0));
    store.save(unsaved(10, 0));
    Files.delete(store.pathOf(10).resolve("state.ckpt"));
    assertRefused("state.ckpt", "Delete the folder " + store.pathOf(10), "step-0000000005");
  }

  @Test
  void anotherOptionIsNamedWithBothValues() {
    open(SIGNATURE, 2).save(unsaved(5, 0));
    assertThatThrownBy(() -> open(signature("abc", "2", 2, "some processor"), 2).resume())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("'seed' was 1 and is 2");
  }

  @Test
  void anotherProgramIsRefused() {
    open(SIGNATURE, 2).save(unsaved(5, 0));
    assertThatThrownBy(() -> open(signature("xyz", "1", 2, "some processor"), 2).resume())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("another training program");
  }

  @Test
  void anotherProcessorOrThreadCountIsAWarning() {
    open(SIGNATURE, 2).save(unsaved(5, 0));
    try (LogRecorder log = new LogRecorder(CheckpointReader.class)) {
      assertThat(open(signature("abc", "1", 3, "another"), 2).resume()).isPresent();
      assertThat(log.lines())
          .containsExactly(
              "Resuming with other threads (3, was 2): results will differ by rounding.",
              "Resuming with other processor (another, was some processor): results will differ by"
                  + " rounding.");
    }
  }

  @Test
  void aFileWhereAFolderIsExpectedIsNamed() throws IOException {
    Path file = Files.writeString(run.resolve("occupied"), "x");
    assertThatThrownBy(() -> CheckpointStore.open(file, SIGNATURE, 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("occupied")
        .hasMessageContaining("another folder");
    Files.writeString(run.resolve("checkpoints"), "x");
    assertThatThrownBy(() -> open(SIGNATURE, 1))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("checkpoints has a file where a folder is expected");
  }

  @Test
  void aWriteThatFailsAnywhereLeavesTheOlderCheckpointAlone() {
    open(SIGNATURE, 1).save(unsaved(5, 0));
    for (int allowed = 0; allowed < 6; allowed++) {
      FailingFileStore disk = new FailingFileStore(allowed);
      CheckpointStore store = new CheckpointStore(disk, run, SIGNATURE, 1);
      assertThatThrownBy(() -> store.save(unsaved(10, 0)))
          .as("operation %d fails", allowed)
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("step-0000000010")
          .hasMessageContaining("No space left on device");
      assertThat(open(SIGNATURE, 1).resume().orElseThrow().step()).isEqualTo(5);
    }
  }

  @Test
  void stateThatCannotBeReadLeavesTheOlderCheckpointAlone() {
    CheckpointStore store = open(SIGNATURE, 1);
    store.save(unsaved(5, 0));
    UnsavedRun good = unsaved(10, 0);
    StateSource broken =
        new StateSource(
            good.state().tensors(),
            tensor -> {
              throw new IllegalStateException("no " + tensor.name());
            });
    assertThatThrownBy(() -> store.save(new UnsavedRun(10, Map.of(), broken, Map.of())))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no w");
    assertThat(run.resolve("checkpoints").toFile().list()).containsExactly("step-0000000005");
    assertThat(store.resume().orElseThrow().step()).isEqualTo(5);
  }

  private void assertRefused(String file, String... faults) {
    assertThatThrownBy(() -> open(SIGNATURE, 2).resume())
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining(file)
        .hasMessageContainingAll(faults);
  }

  private void rewriteManifest(String json) throws IOException {
    Path folder = run.resolve("checkpoints/step-0000000005");
    Files.writeString(folder.resolve("checkpoint.json"), json);
    String sum = new Fingerprint().add(json.getBytes(StandardCharsets.UTF_8)).hex();
    Files.writeString(folder.resolve("checkpoint.json.sha256"), sum + "  checkpoint.json\n");
  }

  private CheckpointStore open(RunSignature signature, int keep) {
    return CheckpointStore.open(run, signature, keep);
  }

  private void deleteAll() {
    try {
      new LocalFileStore().delete(run.resolve("checkpoints"));
      Files.createDirectories(run.resolve("checkpoints"));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static UnsavedRun unsaved(long step, double slot) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("w", Tensor.of(new float[] {step, -1}, 2));
    return new UnsavedRun(step, Map.of("cursor", slot), StateSource.of(state), Map.of());
  }

  private static RunSignature signature(
      String program, String seed, int threads, String processor) {
    return new RunSignature(
        program,
        Map.of("seed", seed),
        Map.of("onnxruntime", "1"),
        threads,
        processor,
        "onnxruntime");
  }
}
