package io.github.nolabel.methods.multimodal.uniter;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four kinds of images, each with a word of its own. */
class UniterRunTest {

  private static final int SIZE = 16;
  private static final int BATCH = 16;
  private static final int LENGTH = 6;
  private static final int KINDS = 4;
  private static final int FIRST_WORD = 8;
  private static final long STEPS = 800;

  @TempDir Path folder;

  @Test
  void guessesWordsFromImagesAndAlignsThem() {
    List<StepReport> reports = new ArrayList<>();
    try (Trainer trainer = open("small-cnn", Map.of("width", "8", "stages", "2"), STEPS)) {
      trainer.train(new Kinds(), List.of(new Reports(reports)));
      assertThat(reports)
          .extracting(report -> report.values().get("task"))
          .contains(0.0, 1.0, 2.0)
          .containsOnly(0.0, 1.0, 2.0);
      Map<String, Double> last = reports.get(reports.size() - 1).values();
      assertThat(last.get("mlm_accuracy")).isGreaterThan(0.8);
      assertThat(last.get("itm_loss")).isPositive();
      assertThat(last.get("wra_loss")).isNegative();
      assertThat(match(trainer, 0)).isBetween(0.0, 1.0);
    }
  }

  @Test
  void aVisionTransformersClassTokenIsNoRegion() {
    List<StepReport> reports = new ArrayList<>();
    try (Trainer trainer = open("vit-tiny", Map.of("patchSize", "8"), 2)) {
      trainer.train(new Kinds(), List.of(new Reports(reports)));
    }
    assertThat(reports).allSatisfy(report -> assertThat(report.loss()).isFinite());
  }

  /** The mean probability of images and the words of kinds that are so many further. */
  private static double match(Trainer trainer, int further) {
    Batch batch = Kinds.at(1000, further);
    Map<String, Tensor> fed =
        Map.of(
            TrainingProgram.IMAGES, tensor(batch, "image"),
            TrainingProgram.INPUT_IDS, tensor(batch, "caption"),
            TrainingProgram.ATTENTION_MASK, tensor(batch, "caption_mask"));
    try (Model model = trainer.model(BackboneExporter.MATCH)) {
      float[] probabilities =
          Objects.requireNonNull(model.run(fed).get(TrainingProgram.FEATURES)).toFloats();
      assertThat(probabilities).hasSize(BATCH);
      double sum = 0;
      for (float probability : probabilities) {
        sum += probability;
      }
      return sum / BATCH;
    }
  }

  private static Tensor tensor(Batch batch, String name) {
    return Objects.requireNonNull(batch.tensors().get(name));
  }

  private Trainer open(String backbone, Map<String, String> options, long steps) {
    RunSpec run =
        new RunSpec(
            backbone,
            options,
            SIZE,
            BATCH,
            steps,
            1,
            1,
            RecordOptions.override(OptimizerConfig.DEFAULTS, Map.of("learningRate", "2e-3")),
            ScheduleConfig.DEFAULTS);
    Networks networks =
        new Networks(Backbones.create(backbone, options, SIZE), Optional.of(text()));
    TrainingRecipe recipe =
        Methods.compile(UniterConfig.METHOD, Map.of(), run, networks, Optimizers.standard())
            .recipe();
    return TrainingRuntime.find().open(recipe, TrainerSettings.fresh(folder, run));
  }

  private static TextEncoder text() {
    TextConfig config =
        RecordOptions.override(
            TextConfig.DEFAULTS, Map.of("length", Integer.toString(LENGTH), "width", "32"));
    return TextEncoders.all()
        .require(config.network())
        .create(config, new Vocabulary(FIRST_WORD + KINDS, 0, 1, 2, 3, 4));
  }

  private record Reports(List<StepReport> all) implements TrainingListener {

    @Override
    public void onStep(StepReport report) {
      all.add(report);
    }
  }

  /** A kind's images have their brightest part in a corner of its own. */
  private static final class Kinds implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return 1;
    }

    @Override
    public BatchStream from(long firstBatch) {
      return new BatchStream() {
        private long index = firstBatch;

        @Override
        public Batch next() {
          return at(index++, 0);
        }

        @Override
        public void close() {}
      };
    }

    static Batch at(long index, int further) {
      SplittableRandom random = new SplittableRandom(index);
      Tensor images = Tensor.zeros(ElementType.FLOAT, BATCH, 3, SIZE, SIZE);
      Tensor ids = Tensor.zeros(ElementType.INT64, BATCH, LENGTH);
      Tensor mask = Tensor.zeros(ElementType.INT64, BATCH, LENGTH);
      for (int row = 0; row < BATCH; row++) {
        int kind = random.nextInt(KINDS);
        paint(images, row, kind, random);
        int word = FIRST_WORD + (kind + further) % KINDS;
        ids.longs().put(LENGTH * row, new long[] {2, word, 3});
        mask.longs().put(LENGTH * row, new long[] {1, 1, 1});
      }
      return new Batch(BATCH, Map.of("image", images, "caption", ids, "caption_mask", mask));
    }

    private static void paint(Tensor images, int row, int kind, SplittableRandom random) {
      int half = SIZE / 2;
      for (int i = 0; i < 3 * SIZE * SIZE; i++) {
        int corner = i / SIZE % SIZE / half * 2 + i % SIZE / half;
        double light = corner == kind ? 2 : 0;
        images.floats().put(3 * SIZE * SIZE * row + i, (float) (light + random.nextGaussian() / 4));
      }
    }
  }
}
