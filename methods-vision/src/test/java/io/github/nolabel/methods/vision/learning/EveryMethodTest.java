package io.github.nolabel.methods.vision.learning;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.launch.Nolabel;
import io.github.nolabel.api.launch.Pretraining;
import io.github.nolabel.api.spi.NamedService;
import io.github.nolabel.api.spi.RecordOptions;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method, tiny, through the real runtime on a fixed batch of noise. */
class EveryMethodTest {

  private static final Map<String, String> TINY =
      Map.of(
          "projectionDim", "16",
          "hiddenDim", "32",
          "queueSize", "24",
          "predictionHiddenDim", "8",
          "numPrototypes", "12",
          "queueLength", "10",
          "queueStartEpoch", "0",
          "freezePrototypesSteps", "2",
          "bottleneckDim", "8",
          "numCrops", "2");

  @TempDir Path directory;

  static Stream<String> methods() {
    return Nolabel.methods().all().stream().map(NamedService::name);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void lossFallsOnAFixedBatch(String method) {
    List<Double> losses = losses(method, 6);
    System.out.println(method + " " + losses.subList(0, 3) + " ... " + losses.get(39));
    assertThat(losses).allMatch(Double::isFinite);
    assertThat(losses.get(39)).isLessThan(losses.get(5));
  }

  private List<Double> losses(String method, int batchSize) {
    Map<String, String> options = new TreeMap<>();
    RecordOptions.options(Nolabel.methods().require(method).defaults())
        .forEach(
            option -> {
              String tiny = TINY.get(option.name());
              if (tiny != null) {
                options.put(option.name(), tiny);
              }
            });
    RunSpec run =
        new RunSpec(
            "small-cnn",
            Map.of("width", "8", "stages", "2"),
            16,
            batchSize,
            40,
            4,
            1,
            RecordOptions.override(
                OptimizerConfig.DEFAULTS, Map.of("learningRate", "3e-3", "clipNorm", "3")),
            ScheduleConfig.DEFAULTS);
    Pretraining pretraining = Nolabel.prepare(method, options, run);
    List<Double> losses = new ArrayList<>();
    TrainingListener listener =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            losses.add(report.loss());
          }
        };
    try (Trainer trainer =
        Nolabel.runtime()
            .open(pretraining.recipe(), TrainerSettings.fresh(directory.resolve(method), run))) {
      trainer.train(new Noise(pretraining.recipe().views(), batchSize), List.of(listener));
    }
    return losses;
  }

  private record Noise(ViewPlan plan, int batchSize) implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return 4;
    }

    @Override
    public BatchStream from(long firstBatch) {
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      for (View view : plan.views()) {
        Tensor images = Tensor.zeros(ElementType.FLOAT, batchSize, 3, view.size(), view.size());
        SplittableRandom random = new SplittableRandom(view.input().hashCode());
        var values = images.floats();
        while (values.hasRemaining()) {
          values.put((float) random.nextGaussian());
        }
        tensors.put(view.input(), images);
      }
      return new BatchStream() {
        @Override
        public Batch next() {
          return new Batch(batchSize, tensors);
        }

        @Override
        public void close() {}
      };
    }
  }
}
