package io.github.nolabel.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.fragment.layer.Embedding;
import io.github.nolabel.fragment.loss.InfoNce;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Images and texts find each other: inputs of several names and types through the whole engine. */
class TwoTowersTest {

  private static final int SIZE = 16;
  private static final int LENGTH = 5;
  private static final int WORDS = 12;
  private static final int WIDTH = 8;
  private static final int BATCH = 6;
  private static final Input.Image IMAGE = new Input.Image(new View("image", SIZE, List.of()));
  private static final Input.Text CAPTION = new Input.Text("caption", "words", LENGTH);
  private static final Input.Mask MASK = Input.Mask.of("caption_mask", CAPTION);
  private static final Backbone BACKBONE =
      Backbones.create("small-cnn", Map.of("width", "4", "stages", "2"), SIZE);
  private static final RunSpec RUN = RunSpec.of("small-cnn", SIZE, BATCH, 4 * BATCH, 10);

  @TempDir Path folder;

  private final TrainingRecipe recipe = new TrainingCompiler(RUN).compile(new TwoTowers());

  @Test
  void theTowersLearnAndEachIsAModelOfItsOwn() {
    List<Double> losses = new ArrayList<>();
    try (Trainer trainer = open()) {
      trainer.train(
          new Pairs(),
          List.of(
              new TrainingListener() {
                @Override
                public void onStep(StepReport report) {
                  losses.add(report.loss());
                }
              }));
      assertThat(losses).hasSize(40);
      assertThat(losses.get(39)).isLessThan(0.7 * losses.get(0));
      Batch batch = Pairs.at(0);
      Map<String, Tensor> image = Map.of("images", tensor(batch, "image"));
      Map<String, Tensor> text =
          Map.of("ids", tensor(batch, "caption"), "mask", tensor(batch, "caption_mask"));
      assertExportedAlike(trainer, "image", image);
      assertExportedAlike(trainer, "text", text);
    }
  }

  @Test
  void aLiveModelSeesEveryStep() {
    try (Trainer trainer = open()) {
      Batch batch = Pairs.at(0);
      Map<String, Tensor> text =
          Map.of("ids", tensor(batch, "caption"), "mask", tensor(batch, "caption_mask"));
      try (Model model = trainer.model("text")) {
        Tensor before = model.run(text).get(TrainingProgram.FEATURES);
        trainer.train(new Pairs(), List.of());
        Tensor after = model.run(text).get(TrainingProgram.FEATURES);
        assertThat(Objects.requireNonNull(after).sameBits(Objects.requireNonNull(before)))
            .isFalse();
      }
      assertThatThrownBy(() -> trainer.model("txt"))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("Did you mean 'text'?");
    }
  }

  @Test
  void aPlanThatPromisesOtherInputsIsRefused() {
    assertThatThrownBy(
            () -> new TrainingCompiler(RUN).compile(new TwoTowers(List.of(IMAGE, CAPTION))))
        .hasMessageContaining("The loss reads [caption_mask: int64[N, 5]]")
        .hasMessageContaining("does not mention");
    List<Input> more = List.of(IMAGE, CAPTION, MASK, new Input.Label("label"));
    assertThatThrownBy(() -> new TrainingCompiler(RUN).compile(new TwoTowers(more)))
        .hasMessageContaining("promises the input 'label: int64[N]', the loss does not read it");
    Input.Text four = new Input.Text("caption", "words", 4);
    List<Input> shorter = List.of(IMAGE, four, Input.Mask.of("caption_mask", four));
    assertThatThrownBy(() -> new TrainingCompiler(RUN).compile(new TwoTowers(shorter)))
        .hasMessageContaining("int64[N, 4]', the loss reads caption: int64[N, 5]");
  }

  private void assertExportedAlike(Trainer trainer, String cut, Map<String, Tensor> inputs) {
    OnnxModel exported =
        new CutExporter(new TwoTowers()).export(trainer.state(), cut, Map.of("method", "towers"));
    try (Model live = trainer.model(cut);
        Model deployed = TrainingRuntime.find().model(exported, DeviceSettings.DEFAULTS)) {
      float[] expected = features(live, inputs);
      float[] actual = features(deployed, inputs);
      assertThat(actual).hasSize(BATCH * WIDTH);
      for (int i = 0; i < expected.length; i++) {
        assertThat(actual[i]).isCloseTo(expected[i], within(1e-5f));
      }
    }
  }

  private static float[] features(Model model, Map<String, Tensor> inputs) {
    return Objects.requireNonNull(model.run(inputs).get(TrainingProgram.FEATURES)).toFloats();
  }

  private static Tensor tensor(Batch batch, String name) {
    return Objects.requireNonNull(batch.tensors().get(name));
  }

  private Trainer open() {
    return TrainingRuntime.find().open(recipe, TrainerSettings.fresh(folder, RUN));
  }

  /** A symmetric contrastive loss of an image tower and a bag of words. */
  private record TwoTowers(List<Input> read) implements Objective {

    TwoTowers() {
      this(List.of(IMAGE, CAPTION, MASK));
    }

    @Override
    public InputPlan inputs() {
      return new InputPlan(read, Preprocessing.standard(SIZE));
    }

    @Override
    public Value loss(StepGraph step) {
      Value images = imageTower().attach(step.scope("image")).apply(step.input(IMAGE));
      Value texts = words(step.scope("text"), step.input(CAPTION), step.input(MASK));
      Ops g = step.ops("loss");
      InfoNce contrast = new InfoNce(0.1);
      return g.add(contrast.amongBatch(g, images, texts), contrast.amongBatch(g, texts, images));
    }

    private static Fragment imageTower() {
      return BACKBONE.then("head", new Dense(BACKBONE.featureWidth(), WIDTH));
    }

    /** The mean of the tokens' embeddings, float[N, WIDTH]. */
    private static Value words(Scope scope, Value ids, Value mask) {
      Ops g = scope.ops();
      Value tokens = new Embedding(WORDS, WIDTH).attach(scope).apply(ids);
      Value kept = g.cast(g.reshape(mask, Shape.batched(LENGTH, 1)), ElementType.FLOAT);
      return g.div(g.reduceSum(g.mul(tokens, kept), false, 1), g.reduceSum(kept, false, 1));
    }

    @Override
    public List<Cut> cuts() {
      List<TensorSpec> read =
          List.of(
              new TensorSpec("ids", ElementType.INT64, Shape.batched(LENGTH)),
              new TensorSpec("mask", ElementType.INT64, Shape.batched(LENGTH)));
      Network text =
          scope ->
              in -> Map.of(TrainingProgram.FEATURES, words(scope, of(in, "ids"), of(in, "mask")));
      return List.of(new Cut("image", "image", imageTower()), new Cut("text", "text", read, text));
    }

    private static Value of(Map<String, Value> inputs, String name) {
      return Objects.requireNonNull(inputs.get(name));
    }

    @Override
    public List<Cut> evaluated() {
      return cuts();
    }
  }

  /** The same six pairs again and again. */
  private static final class Pairs implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return 4;
    }

    @Override
    public BatchStream from(long firstBatch) {
      return new BatchStream() {
        @Override
        public Batch next() {
          return at(0);
        }

        @Override
        public void close() {}
      };
    }

    static Batch at(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      Tensor images = Tensor.zeros(ElementType.FLOAT, BATCH, 3, SIZE, SIZE);
      for (int i = 0; i < images.elements(); i++) {
        images.floats().put(i, (float) random.nextGaussian());
      }
      Tensor ids = Tensor.zeros(ElementType.INT64, BATCH, LENGTH);
      Tensor mask = Tensor.zeros(ElementType.INT64, BATCH, LENGTH);
      for (int i = 0; i < BATCH * LENGTH; i++) {
        ids.longs().put(i, random.nextInt(WORDS));
        mask.longs().put(i, i % LENGTH <= i / LENGTH % LENGTH ? 1 : 0);
      }
      Map<String, Tensor> tensors = new LinkedHashMap<>();
      tensors.put("image", images);
      tensors.put("caption", ids);
      tensors.put("caption_mask", mask);
      return new Batch(BATCH, tensors);
    }
  }
}
