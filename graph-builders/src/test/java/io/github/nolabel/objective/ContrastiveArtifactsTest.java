package io.github.nolabel.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.backbone.SmallCnn;
import io.github.nolabel.fragment.backbone.SmallCnnConfig;
import io.github.nolabel.fragment.head.Mlp;
import io.github.nolabel.fragment.loss.NtXent;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.runtime.checkpoint.StateFile;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.NativeSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A convolutional network with batch normalisation learns under ONNX Runtime's own training API.
 */
class ContrastiveArtifactsTest {

  private static final int SIZE = 8;
  private static final int BATCH = 6;
  private static final Pairs PAIRS = new Pairs();
  private static final ArtifactCompiler COMPILER = new ArtifactCompiler(PAIRS);
  private static final Tensor IMAGES = images(1);

  @TempDir static Path folder;

  private static final double[] LOSSES = new double[12];
  private static final Tensor FEATURES =
      Tensor.zeros(ElementType.FLOAT, BATCH, PAIRS.backbone.featureWidth());
  private static Map<String, Tensor> state = Map.of();

  @BeforeAll
  static void train() throws IOException {
    TrainingRuntime.find()
        .write(COMPILER.export(initial(), "backbone", OptimizerConfig.DEFAULTS), folder);
    try (NativeSession session = new NativeSession(folder)) {
      for (int step = 0; step < LOSSES.length; step++) {
        session.resetGradients();
        LOSSES[step] = session.trainStep(IMAGES, images(2));
        session.optimizerStep(1e-2);
      }
      session.evalStep(IMAGES, FEATURES);
      session.save(folder.resolve("saved"));
    }
    byte[] bytes = Files.readAllBytes(folder.resolve("saved"));
    state = StateFile.read(ByteBuffer.allocateDirect(bytes.length).put(0, bytes));
  }

  @Test
  void theLossFalls() {
    assertThat(LOSSES[0]).isCloseTo(Math.log(2 * BATCH - 1), within(1.0));
    assertThat(LOSSES[LOSSES.length - 1]).isLessThan(0.7 * LOSSES[0]);
  }

  @Test
  void runningStatisticsMoveInPlace() {
    Tensor mean = Interpreter.require(state, "student/stage_1/norm/running_mean");
    Tensor variance = Interpreter.require(state, "student/stage_1/norm/running_var");
    assertThat(mean.toFloats()).doesNotContain(0f);
    assertThat(variance.toFloats()).doesNotContain(1f);
  }

  /** Weights and statistics of the native checkpoint, exported as Nolabel does. */
  @Test
  void evaluationUsesThem() {
    OnnxModel model = new CutExporter(PAIRS).export(state, "backbone", Map.of());
    try (Embedder embedder = TrainingRuntime.find().embedder(model, DeviceSettings.DEFAULTS)) {
      assertThat(embedder.embed(IMAGES).toFloats())
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(FEATURES.toFloats());
    }
  }

  private static Map<String, Tensor> initial() {
    GraphBuilder graph = new GraphBuilder(Mode.TRAINING);
    PAIRS.loss(new StepGraph(graph, 1));
    Map<String, Tensor> initial = new LinkedHashMap<>();
    graph.parameters().forEach(p -> initial.put(p.name(), Initializer.draw(p, 7)));
    return initial;
  }

  private static Tensor images(long seed) {
    Random random = new Random(seed);
    Tensor images = Tensor.zeros(ElementType.FLOAT, BATCH, 3, SIZE, SIZE);
    var pixels = images.floats();
    while (pixels.hasRemaining()) {
      pixels.put((float) random.nextGaussian());
    }
    return images;
  }

  private record Pairs(SmallCnn backbone, Mlp projector) implements Objective {

    Pairs() {
      this(
          new SmallCnn(new SmallCnnConfig(4, 2), SIZE),
          Mlp.of(8, Mlp.Layer.hidden(16), Mlp.Layer.linear(8)));
    }

    @Override
    public Value loss(StepGraph graph) {
      Value view1 = graph.view("view_1", backbone.inputShape());
      Value view2 = graph.view("view_2", backbone.inputShape());
      var student = backbone.then("projector", projector).attach(graph.scope("student"));
      return new NtXent(0.5).apply(graph.ops("loss"), student.apply(view1), student.apply(view2));
    }

    @Override
    public InputPlan inputs() {
      return InputPlan.ofViews(
          List.of(new View("view_1", SIZE, List.of()), new View("view_2", SIZE, List.of())),
          Preprocessing.standard(SIZE));
    }

    @Override
    public List<Cut> cuts() {
      return List.of(new Cut("backbone", "student", backbone));
    }
  }
}
