package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.Disk;
import io.github.nolabel.cli.console.Interruption;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {

  @TempDir Path tmp;
  private List<String> base = List.of();

  @BeforeEach
  void prepare() {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    base =
        List.of(
            "pretrain",
            "simclr",
            "--data=folder:" + photos,
            "--out=" + tmp.resolve("sweep"),
            "--batch-size=4",
            "--image-size=16",
            "--epochs=1",
            "--set=backbone.width=4");
  }

  @Test
  void everyCombinationIsARunAndCompleteOnesStay() throws IOException {
    Typed first = typed("--sweep", "seed=1,2", "temperature=0.1,0.2");
    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.err()).contains("Run 4 of 4");
    assertThat(first.out()).contains("seed", "temperature", "final loss", "report.html");
    JsonNode runs = Json.read(tmp.resolve("sweep/sweep.json")).path("runs");
    assertThat(runs.findValuesAsText("folder"))
        .containsExactly(
            "seed-1_temperature-0.1",
            "seed-1_temperature-0.2",
            "seed-2_temperature-0.1",
            "seed-2_temperature-0.2");
    for (JsonNode run : runs) {
      Path folder = tmp.resolve("sweep").resolve(run.path("folder").asText());
      JsonNode options = Json.read(folder.resolve("run.json")).path("options");
      assertThat(options.at("/run/seed").asText()).isEqualTo(run.at("/options/seed").asText());
      assertThat(options.at("/method/temperature").asText())
          .isEqualTo(run.at("/options/temperature").asText());
      assertThat(run.path("result")).isEqualTo(Json.read(folder.resolve("result.json")));
    }
    assertThat(tmp.resolve("sweep/report.html")).content().contains("seed-2_temperature-0.2");
    var before = Files.getLastModifiedTime(tmp.resolve("sweep/seed-1_temperature-0.1/run.json"));
    Typed again = typed("--sweep", "seed=1,2", "temperature=0.1,0.2");
    assertThat(again.exitCode()).isZero();
    assertThat(again.err()).doesNotContain("Run ");
    assertThat(again.out()).isEqualTo(first.out());
    assertThat(Files.getLastModifiedTime(tmp.resolve("sweep/seed-1_temperature-0.1/run.json")))
        .isEqualTo(before);
  }

  /** The rate of the first one leaves the finite numbers. */
  @Test
  void oneThatFailsIsToldAndTheOthersGoOn() {
    Typed typed =
        typed(
            "--epochs=20",
            "--optimizer=sgd",
            "--set=schedule.kind=constant",
            "--set=optimizer.weightDecay=10",
            "--sweep",
            "learningRate=1000,0.001");
    assertThat(typed.exitCode()).as(typed.err()).isEqualTo(1);
    JsonNode runs = Json.read(tmp.resolve("sweep/sweep.json")).path("runs");
    assertThat(runs.findValuesAsText("status")).containsExactly("failed", "complete");
    assertThat(runs.at("/0/problem").asText()).isNotBlank();
    assertThat(typed.err()).contains("learningRate-1000: " + runs.at("/0/problem").asText());
  }

  /** Ctrl-C in the second run: the third does not begin; the same words go on with the second. */
  @Test
  @Timeout(180)
  void aSweepThatWasStoppedGoesOn() throws Exception {
    List<String> words = new ArrayList<>(base);
    words.removeIf("--epochs=1"::equals);
    words.addAll(List.of("--epochs=40", "--sweep", "seed=1,2,3"));
    String[] typed = words.toArray(String[]::new);
    Interruption interruption = new Interruption(() -> {});
    CompletableFuture<Typed> running =
        CompletableFuture.supplyAsync(() -> Typed.nolabel(Disk.LOCAL, interruption, typed));
    while (!Files.exists(tmp.resolve("sweep/seed-2/metrics.jsonl")) && !running.isDone()) {
      Thread.sleep(2);
    }
    interruption.interrupt();
    Typed stopped = running.get(120, TimeUnit.SECONDS);
    assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(130);
    assertThat(statuses()).containsExactly("complete", "stopped");
    Typed resumed = Typed.nolabel(typed);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).doesNotContain("Run 1 of 3").contains("Run 2 of 3", "Run 3 of 3");
    assertThat(statuses()).containsExactly("complete", "complete", "complete");
    assertThat(Files.readAllLines(tmp.resolve("sweep/seed-2/metrics.jsonl")))
        .hasSameSizeAs(Files.readAllLines(tmp.resolve("sweep/seed-1/metrics.jsonl")));
  }

  private List<String> statuses() {
    return Json.read(tmp.resolve("sweep/sweep.json")).path("runs").findValuesAsText("status");
  }

  @Test
  void aMisspeltNameIsToldBeforeAnythingIsTrained() {
    Typed typed = typed("--sweep", "temprature=0.1,0.2");
    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(typed.complaints()).singleElement().asString().contains("temperature");
    assertThat(tmp.resolve("sweep")).doesNotExist();
  }

  @Test
  void asJsonTheTableIsAllThatIsPrinted() throws Exception {
    Typed typed = typed("--json", "--sweep=seed=5");
    assertThat(new com.fasterxml.jackson.databind.ObjectMapper().readTree(typed.out()))
        .isEqualTo(Json.read(tmp.resolve("sweep/sweep.json")));
  }

  @Test
  void theLastOptionChangesFastestAndFoldersAreDistinct() {
    Sweep sweep = Sweep.parse(List.of("a=1,2", "data=x:a/b,x:a-b"));
    assertThat(sweep.combinations())
        .extracting(Sweep.Combination::folder)
        .containsExactly(
            "a-1_data-x-a-b", "a-1_data-x-a-b_2", "a-2_data-x-a-b", "a-2_data-x-a-b_2");
    for (String wrong : List.of("seed", "=1", "seed=", "seed=1,,2", "seed=1,1")) {
      assertThatThrownBy(() -> Sweep.parse(List.of(wrong))).isInstanceOf(UserMistake.class);
    }
    assertThatThrownBy(() -> Sweep.parse(List.of("seed=1", "Seed=2")))
        .isInstanceOf(UserMistake.class);
  }

  private Typed typed(String... more) {
    List<String> words = new ArrayList<>(base);
    if (List.of(more).stream().anyMatch(word -> word.startsWith("--epochs"))) {
      words.removeIf("--epochs=1"::equals);
    }
    words.addAll(List.of(more));
    return Typed.nolabel(words.toArray(String[]::new));
  }
}
