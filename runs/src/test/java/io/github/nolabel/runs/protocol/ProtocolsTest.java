package io.github.nolabel.runs.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.evaluation.FineTuning;
import io.github.nolabel.evaluation.LinearProbe;
import io.github.nolabel.runs.Photos;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.Runs;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.plan.Assignment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProtocolsTest {

  @TempDir static Path folder;

  private static Run vision;

  private final Protocols protocols = Protocols.standard();

  @BeforeAll
  static void pretrain() {
    String photos = Photos.of(folder.resolve("photos"), 12);
    vision = Runs.pretrain(plan("simclr", photos), folder.resolve("vision"));
  }

  private static RunPlan plan(String method, String photos) {
    return RunPlan.of(method)
        .data(photos)
        .backbone("small-cnn")
        .epochs(2)
        .batchSize(8)
        .imageSize(16)
        .set("backbone.width", 4)
        .set("backbone.stages", 2);
  }

  @Test
  void theTableHoldsThisLibrarysAndThoseThatWereAdded() {
    assertThat(protocols.names())
        .containsExactly(
            "knn", "linear", "finetune", "retrieval", "zero-shot", "caption", "weight-count");
    assertThat(protocols.parse("Zero_Shot, weightcount")).hasSize(2);
    assertThatThrownBy(() -> protocols.require("wieght-count"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Did you mean 'weight-count'?");
  }

  @Test
  void oneThatWasAddedIsAskedByItsName() {
    double weights = vision.evaluate("weight-count").figure(Subject.TRAINED, "weights");
    Report dozens = vision.evaluate("weight-count", Map.of("unit", 12));
    assertThat(weights).isGreaterThan(100);
    assertThat(dozens.figure(Subject.TRAINED, "weights")).isEqualTo(weights / 12);
    assertThat(dozens.lines()).containsExactly("  counted");
    assertThatThrownBy(() -> vision.evaluate("weight-count", Map.of("units", 12)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Did you mean 'unit'?");
  }

  @Test
  void neighboursAreThoseOfTheResultWithTheUntrainedNetworkBeside() {
    RunResult result = vision.result();
    Report report = protocols.choose("knn", Map.of()).ask(vision.examination().withUntrained());
    assertThat(report.figure(Subject.TRAINED, "accuracy", "accuracy"))
        .isEqualTo(result.trained().get("accuracy"));
    assertThat(report.figure(Subject.UNTRAINED, "accuracy", "accuracy"))
        .isEqualTo(result.anchors().untrained().get("accuracy"));
    assertThat(report.described()).containsKeys("temperature", "results", "untrained");
  }

  @Test
  void aProbeOfARunIsTheLinearOne() {
    Report report = vision.evaluate("linear", Map.of("epochs", 3));
    assertThat(report.history()).hasSize(3);
    assertThat(report.figure(Subject.TRAINED, "images"))
        .isEqualTo(vision.examination().data().labelled().orElseThrow().test().size());
  }

  @Test
  void optionsGoToWhomTheyAreMeantFor() {
    List<Question<?>> both =
        protocols.choose(
            protocols.parse("linear,finetune,knn"),
            List.of(
                Assignment.parse("epochs=7"),
                Assignment.parse("probe.batchSize=16"),
                Assignment.parse("finetune.seed=3"),
                Assignment.parse("k=9")));
    assertThat(options(both, LinearProbe.class).epochs()).isEqualTo(7);
    assertThat(options(both, FineTuning.class).epochs()).isEqualTo(7);
    assertThat(options(both, FineTuning.class).batchSize()).isEqualTo(16);
    assertThat(options(both, LinearProbe.class).seed())
        .isEqualTo(LinearProbe.DEFAULTS.seed())
        .isNotEqualTo(options(both, FineTuning.class).seed());
    assertThat(options(both, Knn.Options.class).k()).isEqualTo(9);
    assertThatThrownBy(
            () ->
                protocols.choose(
                    protocols.parse("knn"), List.of(Assignment.parse("weight-count.unit=2"))))
        .hasMessageContaining("choose the protocol weight-count");
  }

  private static <C extends Record> C options(List<Question<?>> questions, Class<C> type) {
    return questions.stream()
        .<Record>map(Question::options)
        .filter(type::isInstance)
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRunWithoutWordsIsToldSoBeforeItIsAsked() {
    Stream.of("caption", "retrieval", "zero-shot")
        .forEach(
            protocol ->
                assertThatThrownBy(() -> vision.evaluate(protocol))
                    .isInstanceOf(UserMistake.class)
                    .hasMessageContaining("is of simclr, which"));
  }

  @Test
  void captionsThatAreAskedLaterGiveWhatTheRunFound() throws Exception {
    Path photos = folder.resolve("described");
    String source = Photos.of(photos, 16);
    for (int i = 0; i < 16; i++) {
      for (String colour : List.of("red", "blue")) {
        Files.writeString(photos.resolve(colour + "/" + i + ".txt"), "a %s one".formatted(colour));
      }
    }
    for (String method : List.of("simvlm", "uniter")) {
      RunPlan plan = plan(method, source).set("text.width", 32).set("text.length", 8);
      Run run = Runs.pretrain(plan, folder.resolve(method));
      Report report = protocols.choose("caption", Map.of()).ask(run.examination().withUntrained());
      assertThat(numbers(report, Subject.TRAINED)).isEqualTo(run.result().captions());
      assertThat(numbers(report, Subject.UNTRAINED)).isEqualTo(run.result().anchors().captions());
      assertThat(String.join("\n", report.lines()))
          .contains(
              method.equals("simvlm") ? "perplexity per token" : "told from another's caption");
    }
  }

  private static Map<String, Object> numbers(Report report, String network) {
    return Objects.requireNonNull(report.figures().get(network));
  }
}
