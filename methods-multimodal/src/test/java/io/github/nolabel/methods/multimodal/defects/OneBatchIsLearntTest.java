package io.github.nolabel.methods.multimodal.defects;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.Vocabulary;
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
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.method.Networks;
import io.github.nolabel.update.Optimizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sixteen pairs, the same in every step, can be learnt by heart: which text is which image's. */
class OneBatchIsLearntTest {

  private static final int SIZE = 16;
  private static final int PAIRS = 16;
  private static final int LENGTH = 6;
  private static final int FIRST_WORD = 8;
  private static final long STEPS = 300;

  @TempDir Path folder;

  /** Who always says the same is right in half of UNITER's pairs, in two thirds of ALBEF's. */
  @ParameterizedTest
  @CsvSource({"uniter, tasks=all wraWeight=1, 5e-3", "albef, alpha=0, 3e-3"})
  void pairsAreToldApart(String method, String options, String rate) {
    List<StepReport> reports = train(Methods.all().require(method), options(options), rate);
    assertThat(lately(reports, "itm_accuracy")).isGreaterThan(0.9);
  }

  private static Map<String, String> options(String written) {
    return Pattern.compile("(\\w+)=(\\w+)")
        .matcher(written)
        .results()
        .collect(Collectors.toMap(match -> match.group(1), match -> match.group(2)));
  }

  private static double lately(List<StepReport> reports, String name) {
    return reports.subList(reports.size() - 20, reports.size()).stream()
        .mapToDouble(report -> Objects.requireNonNull(report.values().get(name)))
        .average()
        .orElseThrow();
  }

  private <C extends Record> List<StepReport> train(
      MethodProvider<C> provider, Map<String, String> options, String rate) {
    RunSpec run =
        new RunSpec(
            "small-cnn",
            Map.of(),
            SIZE,
            PAIRS,
            STEPS,
            1,
            1,
            RecordOptions.override(OptimizerConfig.DEFAULTS, Map.of("learningRate", rate)),
            ScheduleConfig.DEFAULTS);
    Networks networks =
        new Networks(
            Backbones.create("small-cnn", Map.of("width", "8", "stages", "2"), SIZE),
            Optional.of(text()));
    TrainingRecipe recipe =
        Methods.compile(provider, options, run, networks, Optimizers.standard()).recipe();
    DeviceSettings cpu = new DeviceSettings(Device.CPU, 1);
    TrainerSettings settings =
        new TrainerSettings(run, folder, false, CheckpointConfig.DEFAULTS, cpu, Map.of());
    List<StepReport> reports = new ArrayList<>();
    try (Trainer trainer = TrainingRuntime.find().open(recipe, settings)) {
      trainer.train(new SamePairs(), List.of(new Reports(reports)));
    }
    return reports;
  }

  private static TextEncoder text() {
    TextConfig config =
        RecordOptions.override(
            TextConfig.DEFAULTS, Map.of("length", Integer.toString(LENGTH), "width", "32"));
    return TextEncoders.all()
        .require(config.network())
        .create(config, new Vocabulary(FIRST_WORD + PAIRS, 0, 1, 2, 3, 4));
  }

  private record Reports(List<StepReport> all) implements TrainingListener {

    @Override
    public void onStep(StepReport report) {
      all.add(report);
    }
  }

  /** Each image is noise, each text two words. */
  private static final class SamePairs implements BatchSource {

    private final Batch batch = batch();

    @Override
    public long batchesPerEpoch() {
      return 1;
    }

    @Override
    public BatchStream from(long firstBatch) {
      return new BatchStream() {
        @Override
        public Batch next() {
          return batch;
        }

        @Override
        public void close() {}
      };
    }

    private static Batch batch() {
      SplittableRandom random = new SplittableRandom(1);
      Tensor images = Tensor.zeros(ElementType.FLOAT, PAIRS, 3, SIZE, SIZE);
      Tensor ids = Tensor.zeros(ElementType.INT64, PAIRS, LENGTH);
      Tensor mask = Tensor.zeros(ElementType.INT64, PAIRS, LENGTH);
      for (int i = 0; i < images.elements(); i++) {
        images.floats().put(i, (float) random.nextGaussian());
      }
      for (int row = 0; row < PAIRS; row++) {
        ids.longs()
            .put(
                LENGTH * row,
                new long[] {2, FIRST_WORD + row, FIRST_WORD + (row * 5 + 3) % PAIRS, 3});
        mask.longs().put(LENGTH * row, new long[] {1, 1, 1, 1});
      }
      return new Batch(PAIRS, Map.of("image", images, "caption", ids, "caption_mask", mask));
    }
  }
}
