package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run of images and captions, from the table to the search. */
class WordsTest {

  private static final List<String> COLOURS = List.of("red", "green", "blue");

  @TempDir static Path tmp;

  private static Path run = Path.of("");

  @BeforeAll
  static void trainOnColours() throws IOException {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 20);
    StringBuilder table = new StringBuilder("image,caption\n");
    for (int label = 0; label < COLOURS.size(); label++) {
      for (int i = 0; i < 20; i++) {
        String file = "class-%d/image-%02d.png".formatted(label, i);
        table.append(file).append(",a ").append(COLOURS.get(label)).append(" picture\n");
        table.append(file).append(",\"").append(COLOURS.get(label)).append(", all over\"\n");
      }
    }
    Files.writeString(photos.resolve("captions.csv"), table);
    run = tmp.resolve("run");
    Typed said =
        Typed.nolabel(
            "pretrain",
            "clip",
            "--data",
            "pairs:" + photos.resolve("captions.csv"),
            "--out",
            run.toString(),
            "--epochs",
            "20",
            "--batch-size",
            "9",
            "--image-size",
            "16",
            "--set",
            "backbone.width=8",
            "--set",
            "text.width=16",
            "--set",
            "text.length=8",
            "--set",
            "optimizer.learningRate=3e-3");
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out())
        .contains("Retrieval among held-out images")
        .contains("Towers      ")
        .contains("nolabel search ");
  }

  @Test
  void theRunHoldsItsTowersAndWhatWasMeasured() throws IOException {
    for (String file : List.of("image.onnx", "text.onnx", "tokenizer.json", "backbone.onnx")) {
      assertThat(run.resolve(file)).isNotEmptyFile();
    }
    JsonNode retrieval = json(Files.readString(run.resolve("result.json"))).path("retrieval");
    assertThat(retrieval.path("textToImage.recallAt1").asDouble())
        .isGreaterThan(retrieval.path("textToImage.chanceAt1").asDouble());
    assertThat(retrieval.path("textsWithSeenWord").asDouble()).isEqualTo(1);
  }

  @Test
  void wordsFindTheirImages() throws IOException {
    Path sheet = tmp.resolve("sheet.png");
    Typed said =
        Typed.nolabel(
            "search",
            run.toString(),
            "a green picture",
            "--k",
            "5",
            "--json",
            "--sheet",
            sheet.toString());
    assertThat(said.exitCode()).as(said.err()).isZero();
    List<JsonNode> found = list(json(said.out()).path("found"));
    assertThat(found).hasSize(5);
    assertThat(found)
        .allSatisfy(one -> assertThat(one.path("captions").toString()).contains("green"));
    assertThat(found.stream().map(one -> one.path("cosine").asDouble()).toList())
        .isSortedAccordingTo((a, b) -> Double.compare(b, a));
    assertThat(Objects.requireNonNull(ImageIO.read(sheet.toFile())).getWidth()).isPositive();
  }

  @Test
  void aSearchForPeopleNamesTheSheet() {
    Typed said = Typed.nolabel("search", run.toString(), "blue");
    assertThat(said.exitCode()).as(said.err()).isZero();
    assertThat(said.out()).contains("class-2/image-").contains("Pictures: ");
    assertThat(run.resolve("search.png")).isNotEmptyFile();
  }

  @Test
  void retrievalIsAskedAgainWithTheUntrainedNetworkBesideIt() throws IOException {
    Typed said =
        Typed.nolabel(
            "evaluate", run.toString(), "--protocol", "retrieval", "--untrained", "--json");
    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonNode found = json(said.out());
    JsonNode stored = json(Files.readString(run.resolve("result.json")));
    assertThat(found.path("results")).isEqualTo(stored.path("retrieval"));
    assertThat(found.path("untrained")).isEqualTo(stored.path("untrainedRetrieval"));
  }

  @Test
  void classesAreToldApartByTheirNames() throws IOException {
    Path classes = tmp.resolve("classes");
    TinyPhotos.labelled(classes, 10);
    for (int label = 0; label < COLOURS.size(); label++) {
      Files.move(classes.resolve("class-" + label), classes.resolve(COLOURS.get(label)));
    }
    Path templates = Files.writeString(tmp.resolve("templates.txt"), "a {} picture\n{}\n");
    Typed said =
        Typed.nolabel(
            "evaluate",
            run.toString(),
            "--protocol",
            "zero-shot",
            "--json",
            "--data",
            "folder:" + classes,
            "--templates",
            templates.toString(),
            "--k",
            "2");
    assertThat(said.exitCode()).as(said.err()).isZero();
    JsonNode results = json(said.out()).path("results");
    assertThat(results.path("top1").asDouble()).isGreaterThan(results.path("chance").asDouble());
    assertThat(results.path("top2").asDouble())
        .isGreaterThanOrEqualTo(results.path("top1").asDouble());
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  private static List<JsonNode> list(JsonNode array) {
    return new ObjectMapper().convertValue(array, new TypeReference<>() {});
  }
}
