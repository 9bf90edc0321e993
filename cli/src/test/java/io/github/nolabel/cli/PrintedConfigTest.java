package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.PlanText;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.ResolvedPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code --print-config} prints is a plan of the same run. */
class PrintedConfigTest {

  private static final Planner PLANNER = new Planner(Defaults.STANDARD, Catalogue.standard());

  @TempDir Path tmp;

  @Test
  void everyMethodAndPresetComesBackAsItWas() {
    for (MethodProvider<?> method : Methods.all().all()) {
      Stream.concat(Stream.of("none"), method.presets().keySet().stream())
          .forEach(preset -> comesBack(given("method", method.name()), given("preset", preset)));
    }
  }

  @Test
  void everyBackboneComesBackAsItWas() {
    for (String backbone : List.of("small-cnn", "resnet18", "resnet50", "vit-tiny", "vit-small")) {
      comesBack(given("backbone", backbone), given("imageSize", "64"));
    }
  }

  /** Texts that YAML would take for something else, and numbers as large as they get. */
  @Test
  void hardValuesComeBackAsTheyWere() {
    comesBack(
        given("data", "folder:my photos: 2024 # all?split=0.1"),
        given("optimizer.clipNorm", "123456789.5"),
        given("optimizer.epsilon", "1e-16"),
        given("schedule.dropEvery", "1000000000000"),
        given("seed", "-9223372036854775808"));
    comesBack(given("data", "12e3"), given("initFrom", "true"));
  }

  @Test
  void theSameRunIsTrainedFromIt() {
    Path photos = TinyPhotos.labelled(tmp.resolve("photos"), 8);
    String[] asked = {
      "pretrain",
      "byol",
      "--data=folder:" + photos,
      "--batch-size=4",
      "--image-size=16",
      "--epochs=1",
      "--set=backbone.width=4"
    };
    Typed printed = Typed.nolabel(with(asked, "--print-config"));
    assertThat(printed.exitCode()).as(printed.err()).isZero();
    assertThat(tmp).isDirectoryNotContaining("glob:**run*");
    Path file = Folders.write(tmp.resolve("printed.yaml"), printed.out());
    JsonNode direct = trained(with(asked, "--out=" + tmp.resolve("direct")), "direct");
    JsonNode again =
        trained(
            new String[] {"pretrain", "--config=" + file, "--out=" + tmp.resolve("again")},
            "again");
    assertThat(again.path("options")).isEqualTo(direct.path("options"));
    assertThat(Json.read(tmp.resolve("again/result.json")).path("finalLoss"))
        .isEqualTo(Json.read(tmp.resolve("direct/result.json")).path("finalLoss"));
    Typed ofTheRun =
        Typed.nolabel("pretrain", "--resume", "--out=" + tmp.resolve("again"), "--print-config");
    assertThat(ofTheRun.out()).isEqualTo(printed.out());
  }

  @Test
  void mistakesAreToldInPlaceOfAFile() {
    Typed typed = Typed.nolabel("pretrain", "--print-config", "--set", "temprature=1");
    assertThat(typed.exitCode()).isEqualTo(2);
    assertThat(typed.out()).isEmpty();
    assertThat(typed.complaints()).hasSize(1);
  }

  private JsonNode trained(String[] words, String folder) {
    Typed typed = Typed.nolabel(words);
    assertThat(typed.exitCode()).as(typed.err()).isZero();
    return Json.read(tmp.resolve(folder).resolve("run.json"));
  }

  private static void comesBack(Assignment... given) {
    ResolvedPlan plan = PLANNER.plan(List.of(List.of(given)));
    ResolvedPlan again = PLANNER.plan(List.of(PlanText.read(plan.toYaml(), "printed")));
    assertThat(again.settings()).isEqualTo(plan.settings());
    assertThat(again.toYaml()).isEqualTo(plan.toYaml());
  }

  private static Assignment given(String name, String value) {
    return new Assignment(name, value, "test");
  }

  private static String[] with(String[] words, String more) {
    return Stream.concat(Stream.of(words), Stream.of(more)).toArray(String[]::new);
  }
}
