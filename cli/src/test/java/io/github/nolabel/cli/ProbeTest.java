package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nolabel.runs.file.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Linear probing and fine-tuning of one small run, through the whole program. */
class ProbeTest {

  @TempDir static Path tmp;

  private static Path run = Path.of("");
  private static Map<String, String> files = Map.of();

  @BeforeAll
  static void pretrain() {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 30);
    run = tmp.resolve("run");
    Typed typed =
        Typed.nolabel(
            "pretrain",
            "--data=folder:" + photos,
            "--epochs=2",
            "--batch-size=8",
            "--image-size=16",
            "--set=backbone.width=4",
            "--set=backbone.stages=3",
            "--out=" + run);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    files = Folders.fingerprints(run);
  }

  @Test
  void linearProbingWritesItsResultAndTouchesNoOtherFile() throws Exception {
    Typed typed = evaluate("linear", "--epochs=30", "--set=probe.learningRate=0.03");
    assertThat(typed.out()).contains("linear").contains("top-5").contains("as class-1");
    assertThat(runFiles()).isEqualTo(files);
    JsonNode result = Json.read(run.resolve("evaluation-linear.json"));
    assertThat(result.at("/results/accuracy").asDouble()).as("three colours").isEqualTo(1);
    assertThat(result.at("/results/images").asInt()).isEqualTo(9);
    assertThat(result.at("/options/learningRate").asDouble()).isEqualTo(0.03);
    assertThat(result.at("/options/optimizer").asText()).isEqualTo("adam");
    for (JsonNode row : result.at("/results/confusion")) {
      assertThat(row.get(0).asInt() + row.get(1).asInt() + row.get(2).asInt()).isEqualTo(3);
    }
    List<String> metrics = Files.readAllLines(run.resolve("evaluation-linear.jsonl"));
    assertThat(metrics).hasSize(30);
    assertThat(metrics.get(29)).contains("\"epoch\":30").contains("\"testAccuracy\":1.0");
  }

  /** At the first weights of some seed, one of the three classes is never guessed. */
  @Test
  void thePrecisionOfAClassThatIsNeverGuessedIsADash() {
    StringBuilder all = new StringBuilder();
    for (int seed = 1; seed <= 8; seed++) {
      Typed typed =
          evaluate("linear", "--epochs=1", "--learning-rate=0", "--set=probe.seed=" + seed);
      all.append(typed.out());
    }
    assertThat(all).containsPattern("class-\\d +3 +0\\.000 +- ").doesNotContain("NaN");
  }

  @Test
  void fineTuningWorksOnACopy() {
    Typed typed = evaluate("finetune", "--epochs=2", "--fraction=0.5", "--batch-size=10", "--json");
    assertThat(typed.out()).contains("\"confusion\"");
    assertThat(runFiles()).isEqualTo(files);
    JsonNode result = Json.read(run.resolve("evaluation-finetune-0.5.json"));
    assertThat(result.at("/results/images").asInt()).isEqualTo(9);
    assertThat(result.at("/cut").asText()).isEqualTo("backbone");
  }

  @Test
  void untrainedAndTrainedAnswerInOneGo() throws Exception {
    Typed typed = evaluate("knn,linear", "--untrained", "--epochs=2", "--json");
    JsonNode both = new com.fasterxml.jackson.databind.ObjectMapper().readTree(typed.out());
    JsonNode pretrained = Json.read(run.resolve("result.json"));
    assertThat(both.at("/knn/results/accuracy/accuracy").asDouble())
        .isEqualTo(pretrained.path("trainedKnnAccuracy").asDouble());
    assertThat(both.at("/knn/untrained/accuracy/accuracy").asDouble())
        .isEqualTo(pretrained.path("untrainedKnnAccuracy").asDouble());
    assertThat(both.at("/linear/results/accuracy").isNumber()).isTrue();
    assertThat(both.at("/linear/untrained/accuracy").isNumber()).isTrue();
  }

  @Test
  void anExportedFileIsProbedLikeTheRun() {
    List<String> ofFile = headlines("evaluate", run.resolve("backbone.onnx").toString());
    assertThat(ofFile).isEqualTo(headlines("evaluate", run.toString())).hasSize(1);
  }

  @Test
  void aDivergingClassifierEndsWithItsOwnCode() {
    Typed typed =
        Typed.nolabel(
            "evaluate",
            run.toString(),
            "--protocol=linear",
            "--optimizer=sgd",
            "--learning-rate=1000",
            "--set=weightDecay=10");
    assertThat(typed.exitCode()).isEqualTo(3);
    assertThat(typed.complaints().get(0))
        .contains("'linear' diverged at step")
        .doesNotContain(System.getProperty("java.io.tmpdir"));
  }

  private static List<String> headlines(String... args) {
    List<String> all = new ArrayList<>(List.of(args));
    all.addAll(List.of("--protocol=linear", "--epochs=3"));
    Typed typed = Typed.nolabel(all.toArray(String[]::new));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return typed.out().lines().filter(line -> line.startsWith("  linear")).toList();
  }

  private static Typed evaluate(String protocol, String... more) {
    List<String> args =
        new ArrayList<>(List.of("evaluate", run.toString(), "--protocol=" + protocol));
    args.addAll(List.of(more));
    Typed typed = Typed.nolabel(args.toArray(String[]::new));
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return typed;
  }

  private static Map<String, String> runFiles() {
    Map<String, String> all = Folders.fingerprints(run);
    all.keySet().removeIf(name -> name.startsWith("evaluation-"));
    return all;
  }
}
