package io.github.nolabel.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.runs.engine.RunResult;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run on what a detector found in images: it learns to find them, and exports both towers. */
class RegionRunTest {

  private static final List<String> COLOURS = List.of("red", "blue");

  @TempDir Path directory;

  @Test
  void learnsToFindImagesByTheirRegionsAlone() throws IOException {
    String photos = described(directory.resolve("photos"));
    for (int i = 0; i < 20; i++) {
      regions(directory.resolve("photos/red/" + i + ".safetensors"), 1, 0);
      regions(directory.resolve("photos/blue/" + i + ".safetensors"), 0, 1);
    }
    Run run = Runs.pretrain(plan(photos), directory.resolve("run"));
    RunResult result = run.result();
    assertThat(result.trained()).isEmpty();
    assertThat(result.anchors().rawPixels()).isEmpty();
    assertThat(result.retrieval().get("textToImage.recallAt1")).isEqualTo(1);
    assertThat(run.directory().resolve("image.onnx")).exists();
    assertThat(run.directory().resolve("text.onnx")).exists();
    assertThat(run.directory().resolve("backbone.onnx")).doesNotExist();
    assertThatThrownBy(run::backbone)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("region features");
  }

  /** The caption says which colour a hidden region had, and so what the detector took it for. */
  @Test
  void learnsWhatTheDetectorTookRegionsFor() throws IOException {
    String photos = described(directory.resolve("photos"));
    for (int i = 0; i < 20; i++) {
      judged(directory.resolve("photos/red/" + i + ".safetensors"), 0.75f, 0.25f);
      judged(directory.resolve("photos/blue/" + i + ".safetensors"), 0.25f, 0.75f);
    }
    RunPlan plan =
        plan("uniter", photos)
            .epochs(80)
            .set("checkpoint.everyEpochs", 80)
            .set("evaluation.everyEpochs", 0)
            .set("method.heads", 2)
            .set("method.tasks", "all")
            .set("method.regionClasses", 2);
    Run run = Runs.pretrain(plan, directory.resolve("run"));
    List<String> metrics = Files.readAllLines(run.directory().resolve("metrics.jsonl"));
    assertThat(metrics.get(metrics.size() - 1)).contains("\"mrc_accuracy\":1.0");
    assertThat(run.directory().resolve("fusion.onnx")).exists();
  }

  @Test
  void withoutRegionsIsRefusedBeforeAnythingIsWritten() throws IOException {
    Path run = directory.resolve("run");
    RunPlan plan = plan(described(directory.resolve("photos")));
    assertThatThrownBy(() -> Runs.pretrain(plan, run))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("vse reads region features, but none of the")
        .hasMessageContaining(".safetensors beside photo.jpg");
    assertThat(run.resolve("run.json")).doesNotExist();
  }

  private static RunPlan plan(String photos) {
    return plan("vse", photos);
  }

  private static RunPlan plan(String method, String photos) {
    return RunPlan.of(method)
        .data(photos)
        .backbone("small-cnn")
        .imageSize(16)
        .epochs(20)
        .batchSize(16)
        .set("text.width", 32)
        .set("text.depth", 1)
        .set("text.heads", 2)
        .set("text.length", 8)
        .set("optimizer.learningRate", 0.01)
        .set("schedule.warmupSteps", 1)
        .set("method.features", "regions")
        .set("method.regionCount", 2)
        .set("method.regionWidth", 2);
  }

  private static String described(Path folder) throws IOException {
    String source = Photos.of(folder, 20);
    for (int i = 0; i < 20; i++) {
      for (String colour : COLOURS) {
        Files.writeString(
            folder.resolve("%s/%d.txt".formatted(colour, i)), "a %s picture".formatted(colour));
      }
    }
    return source;
  }

  /** One region of two numbers, as a safetensors file. */
  private static void regions(Path file, float first, float second) throws IOException {
    safetensors(
        file,
        "{\"features\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}",
        first,
        second);
  }

  /** One region that fills the image, with a feature of zeros and two probabilities. */
  private static void judged(Path file, float first, float second) throws IOException {
    String header =
        """
        {"features": {"dtype": "F32", "shape": [1, 2], "data_offsets": [0, 8]},
         "boxes": {"dtype": "F32", "shape": [1, 4], "data_offsets": [8, 24]},
         "classes": {"dtype": "F32", "shape": [1, 2], "data_offsets": [24, 32]}}
        """;
    safetensors(file, header, 0, 0, 0, 0, 1, 1, first, second);
  }

  private static void safetensors(Path file, String json, float... numbers) throws IOException {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(Long.BYTES + header.length + Float.BYTES * numbers.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    for (float number : numbers) {
      bytes.putFloat(number);
    }
    Files.write(file, bytes.array());
  }
}
