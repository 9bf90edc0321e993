package io.github.nolabel.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.CheckpointException;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.train.TrainingSummary;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRuntimeTest {

  private static final ToyRun RUN = ToyRun.STANDARD;

  @TempDir Path directory;

  private final TrainingRuntime runtime = runtime();

  static TrainingRuntime runtime() {
    return new OnnxRuntimeProvider().open();
  }

  @Test
  void theServiceLoaderFindsIt() {
    assertThat(TrainingRuntime.find()).isInstanceOf(OnnxTrainingRuntime.class);
  }

  @Test
  void theThreadsClassLoaderDoesNotMatter() {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThat(TrainingRuntime.find()).isInstanceOf(OnnxTrainingRuntime.class);
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThatThrownBy(() -> TrainingRuntime.find(ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("No runtime 'onnx'");
  }

  @Test
  void aClosedRuntimeClosesWhatItHasOpened() {
    TrainingRuntime own = runtime();
    Trainer trainer = own.open(RUN.recipe(), settings(RUN, false));
    own.close();
    assertThatThrownBy(trainer::state)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
    assertThatThrownBy(() -> own.open(RUN.recipe(), settings(RUN, true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("runtime was closed");
    own.close();
    try (Trainer again = runtime.open(RUN.recipe(), settings(RUN, true))) {
      assertThat(again.step()).as("the lock was given back").isZero();
    }
  }

  @Test
  void aRunLearnsAndLeavesACheckpoint() {
    List<Double> losses = new ArrayList<>();
    try (Trainer trainer = runtime.open(RUN.steps(200).recipe(), settings(RUN.steps(200), false))) {
      TrainingSummary summary =
          trainer.train(
              RUN.batches(),
              List.of(
                  new TrainingListener() {
                    @Override
                    public void onStep(StepReport report) {
                      losses.add(report.loss());
                    }
                  }));
      assertThat(summary.complete()).isTrue();
      assertThat(summary.step()).isEqualTo(200);
      assertThat(summary.finalLoss()).isLessThan(losses.get(0) / 10);
      assertThat(summary.checkpoint()).isDirectoryContaining("glob:**state.ckpt");
      assertThat(ToyProgram.named(trainer.state(), "adam/t").toFloats()).containsExactly(200);
    }
  }

  @Test
  void whatACheckpointHoldsIsTheLiveState() {
    try (Trainer trainer = runtime.open(RUN.recipe(), settings(RUN, false))) {
      trainer.train(RUN.batches(), List.of());
      Map<String, Tensor> live = trainer.state();
      try (Trainer resumed = runtime.open(RUN.recipe(), settings(RUN, true))) {
        assertThat(resumed.step()).isEqualTo(20);
        resumed
            .state()
            .forEach(
                (name, tensor) ->
                    assertThat(tensor.sameBits(ToyProgram.named(live, name))).as(name).isTrue());
      }
    }
  }

  @Test
  void theEmbedderFollowsTheWeights() {
    Tensor pixels = Tensor.of(new float[] {1, 2, 3, 4}, 1, 4);
    try (Trainer trainer = runtime.open(RUN.recipe(), settings(RUN, false));
        Embedder embedder = trainer.embedder()) {
      Tensor untrained = embedder.embed(pixels);
      trainer.train(RUN.batches(), List.of());
      assertThat(embedder.embed(pixels).sameBits(untrained)).isFalse();
      assertThat(embedder.embed(pixels).sameBits(embedder.embed(pixels))).isTrue();
    }
  }

  @Test
  void aFreshRunRefusesTheFolderOfAnother() {
    train(RUN);
    assertThatThrownBy(() -> runtime.open(RUN.recipe(), settings(RUN, false)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(directory.toString())
        .hasMessageContaining("Resume it");
  }

  @Test
  void resumingWhereNothingIsStartsFresh() {
    try (Trainer trainer = runtime.open(RUN.recipe(), settings(RUN, true))) {
      assertThat(trainer.step()).isZero();
      assertThat(trainer.train(RUN.batches(), List.of()).complete()).isTrue();
    }
  }

  @Test
  void anotherProgramOrOptionIsNotResumed() {
    train(RUN);
    ToyRun other = RUN.accumulating(2);
    assertThatThrownBy(() -> runtime.open(other.recipe(), settings(other, true)))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("another training program");
    TrainerSettings s = settings(RUN, true);
    TrainerSettings seed2 =
        new TrainerSettings(
            s.run(), directory, true, s.checkpoints(), s.device(), Map.of("seed", "2"));
    assertThatThrownBy(() -> runtime.open(RUN.recipe(), seed2))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("'seed' was 1 and is 2");
  }

  @Test
  void aDivergedRunLeavesItsLastGoodState() {
    io.github.nolabel.api.control.ScheduledInput tooFast =
        new io.github.nolabel.api.control.ScheduledInput(
            "learning_rate", step -> step < 6 ? 0.05 : 1e30);
    try (Trainer trainer = runtime.open(RUN.recipe(tooFast), settings(RUN, false))) {
      assertThatThrownBy(() -> trainer.train(RUN.batches(), List.of()))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageContaining("step 8")
          .hasMessageContaining("step-0000000005");
    }
    try (Trainer trainer = runtime.open(RUN.recipe(), settings(RUN, true))) {
      assertThat(trainer.step()).isEqualTo(5);
      assertThat(trainer.train(RUN.batches(), List.of()).complete()).isTrue();
    }
  }

  @Test
  void cudaAskedForAndAbsentIsAMistakeThatSaysWhy() {
    assertThat(runtime.examine())
        .filteredOn(finding -> finding.subject().equals("CUDA"))
        .singleElement()
        .satisfies(
            finding -> {
              if (finding.detail().startsWith("not used")) {
                assertThatThrownBy(() -> runtime.open(RUN.recipe(), cuda()))
                    .isInstanceOf(UserMistake.class)
                    .hasMessageContaining("CUDA");
                assertThat(directory.resolve("checkpoints")).doesNotExist();
              }
            });
  }

  private TrainerSettings cuda() {
    TrainerSettings s = settings(RUN, false);
    return new TrainerSettings(
        s.run(),
        directory,
        false,
        s.checkpoints(),
        new DeviceSettings(Device.CUDA, 0),
        s.identity());
  }

  @Test
  void anExaminationCoversWhatPeopleAskFor() {
    assertThat(runtime.examine())
        .extracting(TrainingRuntime.Finding::subject)
        .containsExactly(
            "ONNX Runtime",
            "Training API",
            "Native platform",
            "Execution providers",
            "Processor",
            "Memory",
            "CPU kernels",
            "CUDA");
    assertThat(runtime.examine()).filteredOn(f -> !f.well()).isEmpty();
    assertThat(runtime.versions()).containsEntry("onnxruntime", "1.24.1");
  }

  @Test
  void aClosedTrainerSaysSo() {
    Trainer trainer = runtime.open(RUN.recipe(), settings(RUN, false));
    Embedder embedder = trainer.embedder();
    trainer.close();
    trainer.close();
    for (Runnable use :
        List.<Runnable>of(
            trainer::state,
            () -> trainer.train(RUN.batches(), List.of()),
            () -> embedder.embed(Tensor.scalar(1)))) {
      assertThatThrownBy(use::run)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("the trainer was closed");
    }
  }

  private void train(ToyRun run) {
    try (Trainer trainer = runtime.open(run.recipe(), settings(run, false))) {
      trainer.train(run.batches(), List.of());
    }
  }

  private TrainerSettings settings(ToyRun run, boolean resume) {
    return run.settings(directory, resume);
  }
}
