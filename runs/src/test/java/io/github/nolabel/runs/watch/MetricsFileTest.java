package io.github.nolabel.runs.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.train.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsFileTest {

  @TempDir Path folder;

  @Test
  void everyStepIsOneObjectThatIsThereAtOnce() throws IOException {
    Path file = folder.resolve("run/metrics.jsonl");
    MetricsFile metrics = new MetricsFile(file);
    metrics.onStep(Reports.at(1));
    assertThat(file)
        .hasContent(
            "{\"step\":1,\"epoch\":0.125,\"loss\":1.0,\"learningRate\":0.00125,"
                + "\"imagesPerSecond\":812.4,\"dataWaitShare\":0.125,"
                + "\"values\":{\"gradient_norm\":2.5}}\n");
    metrics.onStep(Reports.at(2));
    metrics.onEnd();
    assertThat(Files.readAllLines(file)).hasSize(2);
  }

  @Test
  void aNumberThatIsNotFiniteIsNull() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    MetricsFile metrics = new MetricsFile(file);
    metrics.onStep(
        new StepReport(1, 2, 0, 1, Double.NaN, 1, 0, 0, Map.of("ratio", Double.POSITIVE_INFINITY)));
    metrics.onEnd();
    JsonNode line = new ObjectMapper().readTree(file.toFile());
    assertThat(line.get("learningRate").isNull()).isTrue();
    assertThat(line.get("values").get("ratio").isNull()).isTrue();
  }

  @Test
  void stepsThatAreTakenAgainReplaceTheirLines() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    write(file, 1, 7);
    Files.writeString(file, Files.readString(file) + "{\"step\":8,\"lo");
    write(file, 5, 9);
    assertThat(Files.readAllLines(file))
        .extracting(line -> new ObjectMapper().readTree(line).get("step").asLong())
        .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aLineCutShortByACrashIsDropped() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    write(file, 1, 3);
    Files.writeString(file, Files.readString(file) + "{\"step\":4,\"lo");
    write(file, 4, 4);
    assertThat(Files.readAllLines(file)).hasSize(4).last().asString().contains("\"loss\":0.25");
  }

  @Test
  void aRunWithoutStepsTouchesNothing() throws IOException {
    Path file = folder.resolve("metrics.jsonl");
    write(file, 1, 3);
    new MetricsFile(file).onEnd();
    assertThat(Files.readAllLines(file)).hasSize(3);
  }

  @Test
  void aPlaceThatCannotBeWrittenIsNamed() throws IOException {
    Path occupied = Files.writeString(folder.resolve("occupied"), "x");
    assertThatThrownBy(() -> new MetricsFile(occupied.resolve("metrics.jsonl")))
        .isInstanceOf(NolabelException.class)
        .hasMessageContaining("occupied");
    MetricsFile onAFolder = new MetricsFile(folder);
    assertThatThrownBy(() -> onAFolder.onStep(Reports.at(1)))
        .isInstanceOf(NolabelException.class)
        .hasMessageContaining(folder.toString());
  }

  private static void write(Path file, int first, int last) {
    MetricsFile metrics = new MetricsFile(file);
    for (int step = first; step <= last; step++) {
      metrics.onStep(Reports.at(step));
    }
    metrics.onEnd();
  }
}
