package io.github.nolabel.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.OptimizerConfig.Algorithm;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.backbone.ResNetConfig;
import io.github.nolabel.fragment.loss.NtXent;
import io.github.nolabel.methods.vision.byol.ByolConfig;
import io.github.nolabel.methods.vision.simclr.SimClrConfig;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlanTest {

  @Test
  void whatSuitsAMethodHoldsForTheLibraryToo() {
    OptimizerConfig dino = settings(RunPlan.of("dino")).optimizer();
    assertThat(dino.weightDecay()).isEqualTo(0.04);
    assertThat(dino.weightDecayEnd()).isEqualTo(0.4);
    assertThat(dino.clipNorm()).isEqualTo(3);
    assertThat(settings(RunPlan.of("dino").preset("small")).optimizer().learningRate())
        .isEqualTo(2e-3);
  }

  /** The preset's zeroInitResidual is an option of ResNets. */
  @Test
  void aPresetSetsWhatTheBackboneHas() {
    RunPlan plan = RunPlan.of("simclr").preset("imagenet").set("imageSize", 32);
    assertThat(((ResNetConfig) settings(plan.set("backbone", "resnet50")).backbone()))
        .extracting(ResNetConfig::zeroInitResidual)
        .isEqualTo(true);
    assertThat(settings(plan.set("backbone", "small-cnn")).optimizer().learningRate())
        .isEqualTo(0.3);
  }

  @Test
  void whatIsSaidLaterWins() {
    RunPlan plan = RunPlan.of("simclr").set("temperature", 0.2).set("temperature", 0.3);
    assertThat(temperature(plan)).isEqualTo(0.3);
    assertThat(temperature(plan.set("Temperature", "0.4"))).isEqualTo(0.4);
  }

  @Test
  void typedRecordsSayAllTheirOptions() {
    SimClrConfig config =
        new SimClrConfig(2, 64, 0, true, new NtXent(0.25), SimClrConfig.DEFAULTS.views());
    RunPlan plan =
        RunPlan.of("simclr")
            .options(config)
            .options(OptimizerConfig.DEFAULTS.with("algorithm", Algorithm.SGD))
            .options(ScheduleConfig.DEFAULTS.with("warmupSteps", 7));
    assertThat(settings(plan).method()).isEqualTo(config);
    assertThat(settings(plan).optimizer().algorithm()).isEqualTo(Algorithm.SGD);
    assertThat(settings(plan).schedule().warmupSteps()).isEqualTo(7);
  }

  @Test
  void anotherMethodsRecordIsRefused() {
    assertThatThrownBy(() -> settings(RunPlan.of("simclr").options(ByolConfig.DEFAULTS)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Unknown option");
  }

  @Test
  void yamlAndJsonSayTheSame(@TempDir Path folder) throws Exception {
    RunPlan plan =
        RunPlan.of("byol")
            .data("folder:my photos # 1")
            .backbone("resnet18")
            .epochs(3)
            .set("optimizer.learningRate", 1e-3)
            .set("backbone.stem", "cifar");
    assertThat(settings(RunPlan.parse(plan.toYaml()))).isEqualTo(settings(plan));
    String json = "{\"method\": \"byol\", \"epochs\": 3, \"optimizer\": {\"learningRate\": 0.001}}";
    assertThat(settings(RunPlan.parse(json)).optimizer().learningRate()).isEqualTo(1e-3);
    Path file = Files.writeString(folder.resolve("plan.yaml"), plan.toYaml());
    assertThat(settings(RunPlan.read(file))).isEqualTo(settings(plan));
  }

  @Test
  void mistakesNameOptionsAndNoFlags() {
    for (RunPlan plan :
        new RunPlan[] {
          RunPlan.of("simclr").set("temprature", 0.1),
          RunPlan.of("simclr").set("temperature", -1),
          RunPlan.of("simclr").backbone("resnet19"),
          RunPlan.of("nothing"),
          RunPlan.parse("method: simclr\noptimizer:\n  speed: 3")
        }) {
      assertThatThrownBy(() -> settings(plan))
          .isInstanceOf(UserMistake.class)
          .message()
          .doesNotContain("--");
    }
    assertThatThrownBy(() -> RunPlan.parse("[1, 2]"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("expected lines of NAME: VALUE");
  }

  @Test
  void aNetworkAtHandIsTakenAsItIs() {
    Backbone own = Backbones.create("small-cnn", Map.of("width", "4"), 32);
    ResolvedPlan plan = resolved(RunPlan.of("simclr").backbone(own));
    assertThat(plan.backbone()).isSameAs(own);
    assertThat(plan.settings().described().get("backbone"))
        .isEqualTo(Map.of("type", own.getClass().getName()));
  }

  private static double temperature(RunPlan plan) {
    return ((SimClrConfig) settings(plan).method()).contrast().temperature();
  }

  private static RunSettings settings(RunPlan plan) {
    return resolved(plan).settings();
  }

  private static ResolvedPlan resolved(RunPlan plan) {
    return new Planner(Defaults.STANDARD, Catalogue.standard())
        .plan(plan.layers(), plan.givenBackbone());
  }
}
