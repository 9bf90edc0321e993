package io.github.nolabel.methods.vision.simclr;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.launch.Nolabel;
import io.github.nolabel.api.launch.Pretraining;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimClrTrainingTest {

  private static final int BATCH = 8;
  private static final int STEPS = 30;

  @TempDir Path directory;

  @Test
  void lossFallsOnAFixedBatch() {
    RunSpec run =
        new RunSpec(
            "small-cnn",
            Map.of("width", "4", "stages", "3"),
            16,
            BATCH,
            STEPS,
            STEPS,
            1,
            OptimizerConfig.DEFAULTS,
            ScheduleConfig.DEFAULTS);
    Pretraining pretraining = Nolabel.prepare("SimCLR", Map.of("projection_dim", "16"), run);
    TrainerSettings settings =
        new TrainerSettings(
            run,
            directory,
            false,
            CheckpointConfig.DEFAULTS,
            new DeviceSettings(DeviceSettings.Device.CPU, 2),
            Map.of());
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            losses.add(report.loss());
          }
        };
    try (Trainer trainer = Nolabel.runtime().open(pretraining.recipe(), settings)) {
      trainer.train(new FixedBatch(), List.of(listener));
    }
    assertThat(losses).hasSize(STEPS);
    assertThat(losses.get(STEPS - 1)).isLessThan(0.8 * losses.get(0));
  }

  private static final class FixedBatch implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return STEPS;
    }

    @Override
    public BatchStream from(long firstBatch) {
      Random random = new Random(5);
      Batch batch = new Batch(BATCH, Map.of("view_1", noise(random), "view_2", noise(random)));
      return new BatchStream() {
        @Override
        public Batch next() {
          return batch;
        }

        @Override
        public void close() {}
      };
    }

    private static Tensor noise(Random random) {
      float[] values = new float[BATCH * 3 * 16 * 16];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) random.nextGaussian();
      }
      return Tensor.of(values, BATCH, 3, 16, 16);
    }
  }
}
