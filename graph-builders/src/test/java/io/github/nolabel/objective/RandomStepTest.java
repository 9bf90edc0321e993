package io.github.nolabel.objective;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.backbone.VisionTransformer;
import io.github.nolabel.fragment.backbone.VisionTransformerConfig;
import io.github.nolabel.fragment.backbone.VisionTransformerConfig.Pooling;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Dropout and stochastic depth in a small vision transformer, trained by the runtime. */
class RandomStepTest {

  private static final int SIZE = 8;
  private static final int BATCH = 4;

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void stoppedAndResumedEqualsUninterrupted(int accumulate) {
    try (Trainer straight = open("straight", 1, accumulate, false);
        Trainer first = open("stopped", 1, accumulate, false)) {
      straight.train(new Same(), List.of());
      first.train(new Same(), List.of(stopAfter(first, 3)));
      try (Trainer second = open("stopped", 1, accumulate, true)) {
        assertThat(second.step()).isEqualTo(3);
        second.train(new Same(), List.of());
        assertThat(bits(second)).isEqualTo(bits(straight));
      }
    }
  }

  /** The batch and the weights stay, so that losses differ by their masks alone. */
  @Test
  void masksFollowFromStepAndSeed() {
    List<Double> losses = losses("a", 1, 1);
    assertThat(losses).doesNotHaveDuplicates().hasSize(6);
    assertThat(losses("b", 1, 1)).isEqualTo(losses);
    assertThat(losses("c", 2, 1)).doesNotContainAnyElementsOf(losses);
    assertThat(losses("d", 1, 2)).doesNotHaveDuplicates();
  }

  private List<Double> losses(String name, long seed, int accumulate) {
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            losses.add(report.loss());
          }
        };
    try (Trainer trainer = open(name, spec(seed, accumulate, 0), false)) {
      trainer.train(new Same(), List.of(listener));
    }
    return losses;
  }

  private static TrainingListener stopAfter(Trainer trainer, long step) {
    return new TrainingListener() {
      @Override
      public void onStep(StepReport report) {
        if (report.step() == step) {
          trainer.requestStop();
        }
      }
    };
  }

  private static Map<String, ByteBuffer> bits(Trainer trainer) {
    Map<String, ByteBuffer> bits = new TreeMap<>();
    trainer.state().forEach((name, tensor) -> bits.put(name, tensor.bytes()));
    return bits;
  }

  private Trainer open(String name, long seed, int accumulate, boolean resume) {
    return open(name, spec(seed, accumulate, 1e-2), resume);
  }

  private Trainer open(String name, RunSpec run, boolean resume) {
    DeviceSettings cpu = new DeviceSettings(Device.CPU, 1);
    return TrainingRuntime.find()
        .open(
            new TrainingCompiler(run).compile(new Shrinking()),
            new TrainerSettings(
                run, directory.resolve(name), resume, CheckpointConfig.DEFAULTS, cpu, Map.of()));
  }

  private static RunSpec spec(long seed, int accumulate, double rate) {
    OptimizerConfig optimizer =
        RecordOptions.override(
            OptimizerConfig.DEFAULTS,
            Map.of(
                "learningRate", Double.toString(rate),
                "accumulate", Integer.toString(accumulate)));
    return new RunSpec(
        "vit-tiny", Map.of(), SIZE, BATCH, 6, 3, seed, optimizer, ScheduleConfig.DEFAULTS);
  }

  /** Brings features to one. */
  private record Shrinking() implements Objective {

    @Override
    public Value loss(StepGraph step) {
      Value features =
          network()
              .attach(step.scope("student"))
              .apply(step.view("view_1", Shape.batched(3, SIZE, SIZE)));
      Ops g = step.ops("loss");
      return g.reduceMean(g.abs(g.sub(features, g.constant(1))), false);
    }

    private static Fragment network() {
      return new VisionTransformer(
          16, 3, 2, new VisionTransformerConfig(4, Pooling.MEAN, 0.2, 0.4), SIZE);
    }

    @Override
    public InputPlan inputs() {
      return InputPlan.ofViews(
          List.of(new View("view_1", SIZE, List.of())), Preprocessing.standard(SIZE));
    }

    @Override
    public List<Cut> cuts() {
      return List.of(new Cut("backbone", "student", network()));
    }
  }

  /** Always the same batch. */
  private record Same() implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return 3;
    }

    @Override
    public BatchStream from(long firstBatch) {
      Tensor images = Tensor.zeros(ElementType.FLOAT, BATCH, 3, SIZE, SIZE);
      Random random = new Random(5);
      var pixels = images.floats();
      while (pixels.hasRemaining()) {
        pixels.put((float) random.nextGaussian());
      }
      return new BatchStream() {
        @Override
        public Batch next() {
          return new Batch(BATCH, Map.of("view_1", images));
        }

        @Override
        public void close() {}
      };
    }
  }
}
