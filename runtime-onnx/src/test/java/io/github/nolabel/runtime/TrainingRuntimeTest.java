package io.github.nolabel.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingSummary;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingRuntimeTest {

  @TempDir Path directory;

  @Test
  void aRunLearnsAndLeavesACheckpoint() {
    ToyRun run = ToyRun.STANDARD;
    try (Trainer trainer = runtime().open(run.recipe(), run.settings(directory, false))) {
      TrainingSummary summary = trainer.train(run.batches(), List.of());
      assertThat(summary.complete()).isTrue();
      assertThat(summary.step()).isEqualTo(20);
      assertThat(summary.checkpoint()).isDirectoryContaining("glob:**state.ckpt");
      Map<String, Tensor> state = trainer.state();
      assertThat(ToyProgram.named(state, "adam/t").toFloats()).containsExactly(20);
    }
  }

  static OnnxTrainingRuntime runtime() {
    return new OnnxTrainingRuntime();
  }
}
