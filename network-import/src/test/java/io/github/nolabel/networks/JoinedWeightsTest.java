package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Role;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OnnxDraft;
import io.github.nolabel.testing.OrtEvaluator;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Initializers of equal values that an exporter made one, and weights that are no initializers. */
class JoinedWeightsTest {

  private static final double[] ZEROS = new double[4];
  private static final double[] ONES = {1, 1, 1, 1};

  @TempDir Path folder;

  /** As TorchScript writes a fresh network: each vector but the first through an Identity. */
  @Test
  void normalisationsBehindIdentitiesAreTheirOwn() {
    OnnxDraft draft =
        fresh()
            .node("g2 = Identity(g)")
            .node("b2 = Identity(b)")
            .node("m = Identity(b)")
            .node("m2 = Identity(b)")
            .node("v = Identity(g)")
            .node("v2 = Identity(g)")
            .node("n = BatchNormalization(c, g, b, m, v)")
            .node("n2 = BatchNormalization(n, g2, b2, m2, v2)")
            .node("y = Flatten(n2)")
            .output("y");
    Backbone backbone = Drafts.backbone(folder, draft);
    assertThat(roles(backbone))
        .containsOnly(
            Map.entry("k", Role.WEIGHT),
            Map.entry("g", Role.GAIN),
            Map.entry("b", Role.BIAS),
            Map.entry("m", Role.STATISTIC),
            Map.entry("v", Role.STATISTIC),
            Map.entry("g2", Role.GAIN),
            Map.entry("b2", Role.BIAS),
            Map.entry("m2", Role.STATISTIC),
            Map.entry("v2", Role.STATISTIC));
    assertStatisticsMove(backbone, "m", "v", "m2", "v2");
  }

  /** As other tools write it: one vector is offset and mean, another gain and variance, of both. */
  @Test
  void oneVectorInFourPlacesBecomesParametersOfTheirOwn() {
    OnnxDraft draft =
        fresh()
            .node("n = BatchNormalization(c, g, b, b, g)")
            .node("n2 = BatchNormalization(n, g, b, b, g)")
            .node("y = Flatten(n2)")
            .output("y");
    Backbone backbone = Drafts.backbone(folder, draft);
    assertThat(roles(backbone))
        .containsOnly(
            Map.entry("k", Role.WEIGHT),
            Map.entry("g", Role.GAIN),
            Map.entry("b", Role.BIAS),
            Map.entry("b_2", Role.STATISTIC),
            Map.entry("g_2", Role.STATISTIC),
            Map.entry("b_3", Role.STATISTIC),
            Map.entry("g_3", Role.STATISTIC));
    assertStatisticsMove(backbone, "b_2", "g_2", "b_3", "g_3");
  }

  /** Files in half precision cast every weight. */
  @Test
  void statisticsBehindACastMove() {
    OnnxDraft draft =
        fresh()
            .floats("m", new long[] {4}, ZEROS)
            .floats("v", new long[] {4}, ONES)
            .node("wide_m = Cast(m)", "to", 1)
            .node("wide_v = Cast(v)", "to", 1)
            .node("n = BatchNormalization(c, g, b, wide_m, wide_v)")
            .node("y = Flatten(n)")
            .output("y");
    assertStatisticsMove(Drafts.backbone(folder, draft), "m", "v");
  }

  private static OnnxDraft fresh() {
    return Drafts.images()
        .weight("k", 4, 3, 3, 3)
        .floats("g", new long[] {4}, ONES)
        .floats("b", new long[] {4}, ZEROS)
        .node("c = Conv(images, k)");
  }

  @Test
  void aTrainedNormalisationIsReadInTrainingMode() {
    OnnxDraft draft =
        fresh()
            .weight("m", 4)
            .floats("v", new long[] {4}, 1, 2, 3, 4)
            .node("n, m2, v2 = BatchNormalization(c, g, b, m, v)", "training_mode", 1)
            .node("y = Flatten(n)")
            .output("y");
    assertStatisticsMove(Drafts.backbone(folder, draft), "m", "v");
  }

  /** Qiao et al. 2019: each kernel has mean 0 and variance 1 over its own numbers. */
  @Test
  void standardisedKernelsTrain() {
    OnnxDraft draft =
        Drafts.images()
            .weight("k", 1, 4, 27)
            .weight("k_turned", 1, 27, 4)
            .floats("g", new long[] {4}, 0.5, 1, 1.5, 2)
            .node("b = Constant()", "value", OnnxDraft.floatTensor(ZEROS, 4))
            .longs("shape", 4, 3, 3, 3)
            .node("m = ReduceMean(k_turned)", "axes", new long[] {0, 1}, "keepdims", 0)
            .node("s, m2, v2 = BatchNormalization(k, g, b, m, m)", "training_mode", 1)
            .node("w = Reshape(s, shape)")
            .node("c = Conv(images, w)")
            .node("y = Flatten(c)")
            .output("y");
    Backbone backbone = Drafts.backbone(folder, draft);
    assertThat(roles(backbone))
        .containsOnly(Map.entry("k", Role.EMBEDDING), Map.entry("g", Role.GAIN));
    Gradients.assertSlope(backbone, Nd.of(pictures()));
    assertThat(Exported.features(backbone, pictures()))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(byRuntime(draft));
  }

  /** The same, written with statistics that are computed, in evaluation mode. */
  @Test
  void computedStatisticsTrainToo() {
    OnnxDraft draft =
        fresh()
            .weight("p", 2, 4)
            .node("m = ReduceMean(p)", "axes", new long[] {0}, "keepdims", 0)
            .node("v = Exp(m)")
            .node("n = BatchNormalization(c, g, b, m, v)")
            .node("y = Flatten(n)")
            .output("y");
    Backbone backbone = Drafts.backbone(folder, draft);
    Gradients.assertSlope(backbone, Nd.of(pictures()));
    assertThat(Exported.features(backbone, pictures()))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(byRuntime(draft));
  }

  @Test
  void normalisingByTheBatchAloneIsRefused() {
    OnnxDraft draft =
        fresh()
            .node("m = ReduceMean(c)", "axes", new long[] {0, 2, 3}, "keepdims", 0)
            .node("n, m2, v2 = BatchNormalization(c, g, b, m, m)", "training_mode", 1)
            .output("n");
    assertThatThrownBy(() -> Drafts.backbone(folder, draft))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("the_n", "normalises by the batch", "evaluation mode");
  }

  @Test
  void floatsInConstantNodesAreTheWeightsWhereThereAreNoOthers() {
    OnnxDraft draft =
        Drafts.images()
            .node("k = Constant()", "value", numbers(4, 3, 3, 3))
            .node("o = Constant()", "value", numbers(4))
            .node("c = Conv(images, k, o)")
            .node("y = Flatten(c)")
            .output("y");
    assertThat(roles(Drafts.backbone(folder, draft)))
        .containsOnly(Map.entry("k", Role.WEIGHT), Map.entry("o", Role.BIAS));
  }

  @Test
  void oneConstantKernelAmongWeightsIsSaid() {
    OnnxDraft draft =
        Drafts.images()
            .weight("k", 4, 3, 3, 3)
            .node("blur = Constant()", "value", numbers(4, 4, 1, 1))
            .node("c = Conv(images, k)")
            .node("d = Conv(c, blur)")
            .node("y = Flatten(d)")
            .output("y");
    Backbone backbone = Drafts.backbone(folder, draft);
    assertThat(roles(backbone)).containsOnlyKeys("k");
    assertThat(backbone.notes()).contains("'blur' is not trained: it is no initializer of floats.");
  }

  @Test
  void aNetworkOfWholeNumbersIsRefused() {
    OnnxDraft draft =
        Drafts.images()
            .longs("i", new long[12])
            .longs("shape", 4, 3, 1, 1)
            .node("f = Cast(i)", "to", 1)
            .node("k = Reshape(f, shape)")
            .node("c = Conv(images, k)")
            .node("y = Flatten(c)")
            .output("y");
    assertThatThrownBy(() -> Drafts.backbone(folder, draft))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("nothing to train", "(k)", "float weights");
  }

  /** A threshold jumps: it has no gradient, and training would end where it is differentiated. */
  @Test
  void whatTheFeaturesDoNotChangeWithStaysAsItIs() {
    OnnxDraft draft =
        fresh()
            .weight("threshold", 4, 1, 1)
            .node("above = Greater(c, threshold)")
            .node("z = Where(above, c, b4)")
            .weight("b4", 4, 1, 1)
            .weight("signs", 4, 1, 1)
            .node("s = Sign(signs)")
            .node("t = Mul(z, s)")
            .node("y = Flatten(t)")
            .output("y");
    Backbone backbone = Drafts.backbone(folder, draft);
    assertThat(roles(backbone)).containsOnlyKeys("k", "b4");
    assertThat(backbone.notes())
        .contains("'threshold' is not trained: the features do not change with it.")
        .contains("'signs' is not trained: the features do not change with it.");
    Gradients.assertSlope(backbone, Nd.of(pictures()));
  }

  private static TensorProto numbers(long... extents) {
    int size = 1;
    for (long extent : extents) {
      size *= (int) extent;
    }
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = Math.cos(i);
    }
    return OnnxDraft.floatTensor(values, extents);
  }

  private static void assertStatisticsMove(Backbone backbone, String... names) {
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value images = builder.input("images", backbone.inputShape());
    Value features = backbone.attach(builder.scope("student")).apply(images);
    Graph graph = builder.build(Map.of("features", features));
    Map<String, Nd> fed = new LinkedHashMap<>(Map.of("images", Nd.of(pictures())));
    graph.parameters().forEach(p -> fed.put(p.name(), Nd.of(Initializer.draw(p, 1))));
    Interpreter.Step step = Interpreter.run(graph, fed);
    for (String name : names) {
      String full = "student/" + name;
      assertThat(step.state(full).at(1))
          .as(name)
          .isNotEqualTo(Interpreter.require(fed, full).at(1));
    }
  }

  private static float[] byRuntime(OnnxDraft draft) {
    try (OrtEvaluator runtime = new OrtEvaluator(draft.bytes(), OptLevel.NO_OPT)) {
      return Interpreter.require(runtime.run(Map.of("images", pictures())), "y").toFloats();
    }
  }

  private static Tensor pictures() {
    Tensor images = Tensor.zeros(ElementType.FLOAT, 2, 3, Drafts.SIZE, Drafts.SIZE);
    for (int i = 0; i < images.elements(); i++) {
      images.floats().put(i, (float) Math.sin(1.9 * i + 0.2));
    }
    return images;
  }

  private static Map<String, Role> roles(Backbone backbone) {
    Map<String, Role> roles = new LinkedHashMap<>();
    List<Parameter> parameters = Exported.inference(backbone).parameters();
    parameters.forEach(p -> roles.put(p.name().substring("student/".length()), p.role()));
    return roles;
  }
}
