package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.runs.file.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Neighbours are asked while a run trains, and the run does not notice. */
class OnlineNeighboursTest {

  @TempDir static Path tmp;

  private static Path photos = Path.of("");
  private static Path watched = Path.of("");
  private static Typed typed = new Typed(-1, "", "");

  @BeforeAll
  static void pretrain() {
    photos = TinyPhotos.labelled(tmp.resolve("photos"), 20);
    watched = tmp.resolve("watched");
    typed = pretrain(watched, "--knn-every", "2");
  }

  @Test
  void accuraciesAreReportedAtTheirEpochsOnly() throws Exception {
    List<JsonNode> lines = metrics(watched);
    assertThat(lines).hasSize(4 * 6);
    for (JsonNode line : lines) {
      boolean asked = line.path("step").asInt() % 12 == 0;
      assertThat(line.at("/values/knn_accuracy").isNumber()).isEqualTo(asked);
    }
    assertThat(typed.err()).contains("  knn ");
  }

  @Test
  void theLastOneIsTheReportedAccuracyUpToRounding() throws Exception {
    double online = metrics(watched).get(23).at("/values/knn_accuracy").asDouble();
    double reported =
        Json.read(watched.resolve("result.json")).path("trainedKnnAccuracy").asDouble();
    assertThat(online).as("of six queries").isCloseTo(reported, within(1.01 / 6));
  }

  @Test
  void trainingIsTheSameBitForBitWithoutThem() {
    Path alone = tmp.resolve("alone");
    pretrain(alone, "--set", "evaluation.everyEpochs=0");
    assertThat(Folders.bytes(Folders.only(alone, "state.ckpt")))
        .isEqualTo(Folders.bytes(Folders.only(watched, "state.ckpt")));
    assertThat(Folders.bytes(alone.resolve("metrics.jsonl"))).asString().doesNotContain("knn_");
  }

  private static Typed pretrain(Path out, String... more) {
    List<String> args =
        new ArrayList<>(
            List.of(
                "pretrain",
                "--data=folder:" + photos,
                "--epochs=4",
                "--batch-size=8",
                "--image-size=16",
                "--set=backbone.width=4",
                "--out=" + out));
    args.addAll(List.of(more));
    Typed typed = Typed.nolabel(args.toArray(String[]::new));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return typed;
  }

  private static List<JsonNode> metrics(Path run) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(run.resolve("metrics.jsonl"))) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
