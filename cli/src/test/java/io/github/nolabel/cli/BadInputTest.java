package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.cli.Mistakes.Typing;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every mistake gives exit code 2 and one clear message, as it stands in {@code bad-input.txt}; no
 * stack trace. Nothing here depends on permissions, so that it holds for root too.
 */
class BadInputTest {

  private static final GoldenSections GOLDEN = new GoldenSections("bad-input.txt");

  @TempDir static Path tmp;

  private static Map<String, Typing> typed = Map.of();

  @BeforeAll
  static void typeEverything() {
    Mistakes mistakes = new Mistakes(tmp);
    Path photos = TinyPhotos.labelled(mistakes.at("photos"), 8);
    Path run = mistakes.at("run");
    assertThat(Typed.nolabel(Mistakes.quick(photos, run)).exitCode()).isZero();
    new OptionMistakes(mistakes).add();
    new DataMistakes(mistakes, photos).add();
    new RunMistakes(mistakes, photos, run).add();
    new FinishedRunMistakes(mistakes, photos, run).add();
    new NetworkMistakes(mistakes, run).add();
    typed = mistakes.all();
  }

  @TestFactory
  Stream<DynamicTest> oneMessageEach() {
    return typed.entrySet().stream()
        .map(e -> DynamicTest.dynamicTest(e.getKey(), () -> check(e.getKey(), e.getValue())));
  }

  @Test
  void thereAreAtLeastThirtyAndNoneIsForgotten() {
    assertThat(typed).hasSizeGreaterThanOrEqualTo(30);
    assertThat(GOLDEN.names()).containsExactlyInAnyOrderElementsOf(typed.keySet());
  }

  private static void check(String name, Typing words) {
    Assumptions.assumeFalse(name.startsWith("CUDA") && hasCuda(), "CUDA works here");
    Typed said = Typed.nolabel(words.disk(), words.args().toArray(String[]::new));
    assertThat(said.err()).doesNotContain("\tat ").doesNotContain("Exception");
    assertThat(said.exitCode()).as(said.err()).isEqualTo(2);
    assertThat(said.out()).isEmpty();
    assertThat(said.complaints()).hasSize(1);
    GOLDEN.check(
        name,
        neutral("$ nolabel " + String.join(" ", words.args())),
        neutral(said.complaints().get(0)));
  }

  private static String neutral(String text) {
    return text.replace(tmp.toString(), "TMP")
        .replace(Path.of("").toAbsolutePath().toString(), "HERE")
        .replaceAll("(linux|macosx|windows)-(x86_64|arm64)", "PLATFORM")
        .replaceAll("\\d+ bytes", "N bytes");
  }

  private static boolean hasCuda() {
    try {
      TrainingRuntime.find().device(new DeviceSettings(DeviceSettings.Device.CUDA, 0));
      return true;
    } catch (UserMistake absent) {
      return false;
    }
  }
}
