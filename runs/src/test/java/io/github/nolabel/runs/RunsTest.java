package io.github.nolabel.runs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.evaluation.Classification;
import io.github.nolabel.evaluation.LinearProbe;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.protocol.Examination;
import io.github.nolabel.runs.watch.RunWatcher;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTest {

  @TempDir Path folder;
  private RunPlan plan = RunPlan.of("simclr");

  @BeforeEach
  void prepare() {
    plan =
        RunPlan.of("simclr")
            .data(Photos.of(folder.resolve("photos"), 12))
            .backbone("small-cnn")
            .epochs(2)
            .batchSize(8)
            .imageSize(16)
            .set("backbone.width", 4)
            .set("backbone.stages", 2)
            .set("projectionDim", 8);
  }

  @Test
  void oneCallTrainsEvaluatesAndExports() {
    Steps steps = new Steps();
    Run run = Runs.pretrain(plan, folder.resolve("run"), steps);
    assertThat(run.isComplete()).isTrue();
    RunResult result = run.result();
    assertThat(steps.seen).hasSize((int) result.training().step()).isNotEmpty();
    assertThat(result.trained()).containsOnlyKeys("accuracy");
    assertThat(result.training().step()).isEqualTo(result.run().steps());
    assertThat(folder.resolve("run/backbone.py")).content().contains("backbone.onnx");
    assertThat(folder.resolve("run/Backbone.java")).content().contains("class Backbone");
    run.backbone().save(folder.resolve("out/backbone.onnx"));
    assertThat(folder.resolve("out/backbone.onnx")).isNotEmptyFile();
    assertThat(folder.resolve("out/backbone.json")).isNotEmptyFile();
  }

  @Test
  void aFinishedRunIsOpenedAndAsked() {
    RunResult result = Runs.pretrain(plan, folder.resolve("run")).result();
    Run run = Runs.open(folder.resolve("run"));
    assertThat(run.result()).isEqualTo(result);
    assertThat(run.networks()).containsOnlyKeys("student");
    assertThat(run.cuts()).contains("backbone");
    Classification linear = run.linear(RecordOptions.with(LinearProbe.DEFAULTS, "epochs", 2));
    assertThat(linear.classes()).containsExactly("blue", "red");
    assertThat(run.train()).as("there is nothing left to do").isTrue();
  }

  @Test
  void untrainedIsTheNetworkThatARunStartedWith() throws IOException {
    Path first = folder.resolve("first");
    Map<String, Tensor> learnt = weights(Runs.pretrain(plan, first).examination(), 0);
    Run second = Runs.pretrain(plan.initFrom(first), folder.resolve("second"));
    assertThat(second.result().anchors().variety())
        .isNotEqualTo(Runs.open(first).result().anchors().variety());
    assertThat(kernel(weights(second.examination().withUntrained(), 1))).isEqualTo(kernel(learnt));
    Files.move(first, folder.resolve("moved"));
    assertThatThrownBy(() -> second.examination().withUntrained())
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("had the weights of the run in " + first, "no longer there");
  }

  /** The first weight of the student. */
  private static float[] kernel(Map<String, Tensor> weights) {
    return weights.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("student/"))
        .min(Map.Entry.comparingByKey())
        .orElseThrow()
        .getValue()
        .toFloats();
  }

  private static Map<String, Tensor> weights(Examination examination, int network) {
    return examination.networks().ofRun().weights().get(network).state();
  }

  @Test
  void noErrorLeavesARecordThatSaysItIsRunning() throws IOException {
    Path directory = folder.resolve("run");
    Run run = Runs.create(plan, directory);
    OutOfMemoryError error = new OutOfMemoryError("of the test");
    assertThatThrownBy(() -> run.train(failing(error))).isSameAs(error);
    assertThat(Files.readString(directory.resolve("run.json"))).contains("\"failed\"");
  }

  @Test
  void aFolderThatVanishesIsAnErrorOfItsOwn() {
    Path directory = folder.resolve("run");
    Run run = Runs.create(plan.epochs(20), directory);
    RunWatcher deleting =
        new RunWatcher() {
          @Override
          public void onStep(StepReport report) {
            if (report.step() == 4) {
              delete(directory);
            }
          }
        };
    assertThatThrownBy(() -> run.train(deleting))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("was deleted or moved while the run was training");
    assertThat(directory.resolve("result.json")).doesNotExist();
  }

  private static RunWatcher failing(Error error) {
    return new RunWatcher() {
      @Override
      public void onStep(StepReport report) {
        throw error;
      }
    };
  }

  private static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(java.io.File::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anyThreadStopsARunAndAnotherCallGoesOn() {
    Path directory = folder.resolve("run");
    Run run = Runs.create(plan.epochs(200), directory);
    Steps steps = new Steps();
    boolean complete =
        run.train(
            steps,
            new RunWatcher() {
              @Override
              public void onStep(StepReport report) {
                if (report.step() == 2) {
                  CompletableFuture.runAsync(run::stop).join();
                }
              }
            });
    assertThat(complete).isFalse();
    assertThat(steps.seen).containsExactly(1L, 2L);
    assertThatThrownBy(run::result)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("not complete");
    Run again = Runs.open(directory);
    again.stop();
    assertThat(again.train()).as("stopped before it began").isFalse();
    assertThatThrownBy(() -> Runs.create(plan, directory))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("already holds a run");
  }

  @Test
  void twoRunsAtOnceAreThoseOneAfterTheOther() throws IOException {
    CompletableFuture<Run> first =
        CompletableFuture.supplyAsync(() -> Runs.pretrain(plan, folder.resolve("a")));
    CompletableFuture<Run> second =
        CompletableFuture.supplyAsync(() -> Runs.pretrain(plan.seed(2), folder.resolve("b")));
    first.join();
    second.join();
    Runs.pretrain(plan, folder.resolve("c"));
    assertThat(losses("c")).isEqualTo(losses("a")).isNotEqualTo(losses("b"));
    assertThat(losses("a")).isNotEmpty();
  }

  @Test
  void aNetworkAtHandTrainsAndIsNeededAgainToGoOn() {
    Backbone own = Backbones.create("small-cnn", Map.of("width", "4", "stages", "2"), 16);
    RunPlan given =
        RunPlan.of("simclr")
            .data("folder:" + folder.resolve("photos"))
            .backbone(own)
            .epochs(1)
            .batchSize(8)
            .imageSize(16);
    Path directory = folder.resolve("run");
    assertThat(Runs.pretrain(given, directory).isComplete()).isTrue();
    assertThatThrownBy(() -> Runs.open(directory))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("was given its backbone as an object");
    Engine engine = Engine.of(RunsTest.class.getClassLoader());
    assertThat(engine.resume(directory, given).backbone().featureWidth())
        .isEqualTo(own.featureWidth());
  }

  private List<String> losses(String run) throws IOException {
    return Files.readAllLines(folder.resolve(run + "/metrics.jsonl")).stream()
        .map(line -> line.replaceAll(".*\"loss\" ?: ?([^,}]+).*", "$1"))
        .toList();
  }

  private static final class Steps implements RunWatcher {

    private final List<Long> seen = new ArrayList<>();

    @Override
    public void onStep(StepReport report) {
      seen.add(report.step());
    }
  }
}
