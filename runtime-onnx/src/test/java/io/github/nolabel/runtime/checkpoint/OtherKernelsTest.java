package io.github.nolabel.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OtherKernelsTest {

  @TempDir Path run;

  @Test
  void resumingWithOthersIsAWarning() {
    CheckpointStore.open(run, signature("onnxruntime"), 2)
        .save(
            new CheckpointStore.UnsavedRun(
                5,
                Map.of(),
                StateSource.of(Map.of("w", Tensor.of(new float[] {1, 2}, 2))),
                Map.of()));
    try (LogRecorder log = new LogRecorder(CheckpointReader.class)) {
      assertThat(CheckpointStore.open(run, signature("onnxruntime"), 2).resume()).isPresent();
      assertThat(log.lines()).isEmpty();
      assertThat(CheckpointStore.open(run, signature("onednn"), 2).resume()).isPresent();
      assertThat(log.lines())
          .containsExactly(
              "Resuming with other kernels (onednn, was onnxruntime): results will differ by"
                  + " rounding.");
    }
  }

  @Test
  void checkpointsFromBeforeThereWasAChoiceAreOfTheRuntimesKernels() {
    Manifest written = new Manifest(1, 5, Map.of(), signature("onednn"), Map.of());
    String json = new String(written.toJson(), StandardCharsets.UTF_8);
    String before = json.replaceFirst(",\\s*\"kernels\" : \"onednn\"", "");
    assertThat(before).isNotEqualTo(json);
    assertThat(Manifest.parse(json.getBytes(StandardCharsets.UTF_8)).signature().kernels())
        .isEqualTo("onednn");
    assertThat(Manifest.parse(before.getBytes(StandardCharsets.UTF_8)).signature().kernels())
        .isEqualTo("onnxruntime");
  }

  private static RunSignature signature(String kernels) {
    return new RunSignature("program", Map.of("seed", "1"), Map.of(), 1, "processor", kernels);
  }
}
