package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.nolabel.runs.file.Json;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventsTest {

  @TempDir Path tmp;

  @Test
  void aRunIsToldFromStartToEnd() throws Exception {
    Path file = tmp.resolve("logs/events.jsonl");
    Typed typed = typed("--events=" + file, "--knn-every=1");
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    List<JsonNode> events = events(Files.readString(file));
    Path run = tmp.resolve("run");
    for (JsonNode event : events) {
      assertThat(event.path("run").asText()).isEqualTo(run.toString());
      assertThat(Instant.parse(event.path("time").asText())).isBefore(Instant.now());
    }
    JsonNode start = of(events, "start").get(0);
    assertThat(start.path("options")).isEqualTo(Json.read(run.resolve("run.json")).path("options"));
    assertThat(start.path("steps").asInt()).isEqualTo(of(events, "step").size());
    assertThat(of(events, "step").get(0).path("loss").isNumber()).isTrue();
    assertThat(of(events, "step").stream().map(step -> step.path("loss")))
        .containsExactlyElementsOf(
            events(Files.readString(run.resolve("metrics.jsonl"))).stream()
                .map(step -> step.path("loss"))
                .toList());
    assertThat(of(events, "evaluation")).hasSize(2);
    assertThat(of(events, "evaluation").get(0).at("/values/knn_accuracy").isNumber()).isTrue();
    assertThat(of(events, "checkpoint")).isNotEmpty();
    JsonNode end = events.get(events.size() - 1);
    assertThat(end.path("event").asText()).isEqualTo("end");
    assertThat(end.path("status").asText()).isEqualTo("complete");
    assertThat(end.path("result")).isEqualTo(Json.read(run.resolve("result.json")));
  }

  @Test
  void onTheOutputStreamEventsAreAlone() {
    Typed typed = typed("--events", "-");
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    assertThat(of(events(typed.out()), "end")).hasSize(1);
    assertThat(typed.err()).contains("Checkpoint ");
  }

  @Test
  void aRunThatFailsHasAnEnd() {
    Typed typed =
        typed(
            "--events=-",
            "--epochs=20",
            "--optimizer=sgd",
            "--learning-rate=1000",
            "--set=optimizer.weightDecay=10",
            "--set=schedule.kind=constant");
    assertThat(typed.exitCode()).isEqualTo(3);
    JsonNode end = of(events(typed.out()), "end").get(0);
    assertThat(end.path("status").asText()).isEqualTo("diverged");
    assertThat(typed.complaints())
        .singleElement()
        .isEqualTo("nolabel: " + end.path("problem").asText());
  }

  @Test
  void theRunsOfASweepShareAFile() throws Exception {
    Path file = tmp.resolve("events.jsonl");
    Typed typed = typed("--events=" + file, "--sweep", "seed=1,2");
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    Map<String, Long> ends =
        of(events(Files.readString(file)), "end").stream()
            .collect(Collectors.groupingBy(e -> e.path("run").asText(), Collectors.counting()));
    assertThat(ends)
        .containsOnlyKeys(
            tmp.resolve("run/seed-1").toString(), tmp.resolve("run/seed-2").toString());
  }

  private Typed typed(String... more) {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    List<String> words =
        new ArrayList<>(
            List.of(
                "pretrain",
                "--data=folder:" + photos,
                "--out=" + tmp.resolve("run"),
                "--batch-size=4",
                "--image-size=16",
                "--set=backbone.width=4"));
    if (Stream.of(more).noneMatch(word -> word.startsWith("--epochs"))) {
      words.add("--epochs=2");
    }
    words.addAll(List.of(more));
    return Typed.nolabel(words.toArray(String[]::new));
  }

  private static List<JsonNode> events(String lines) {
    return lines.lines().map(EventsTest::json).toList();
  }

  private static List<JsonNode> of(List<JsonNode> events, String kind) {
    return events.stream().filter(e -> e.path("event").asText().equals(kind)).toList();
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
