package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
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

/** What is around the operators: functions, branches, weights and outputs. */
class ImportedStructureTest {

  @TempDir Path folder;

  @Test
  void functionsOfTheFileAreGoneThroughInPlace() {
    OnnxDraft draft =
        Drafts.images()
            .weight("w", 4, 3, 3, 3)
            .function(function())
            .nodeOfDomain("own", "y = Twice(images, w)", "alpha", 0.3)
            .node("z = Flatten(y)")
            .output("z");
    assertThat(names(backbone(draft))).containsExactly("w");
    assertSame(draft, backbone(draft));
  }

  /** {@code leaky(conv(x, k), alpha)}, twice applied to its own result's activation. */
  private static FunctionProto function() {
    NodeProto leaky = OnnxDraft.nodeOf("", "b = LeakyRelu(a)");
    AttributeProto reference =
        AttributeProto.newBuilder()
            .setName("alpha")
            .setRefAttrName("alpha")
            .setType(AttributeProto.AttributeType.FLOAT)
            .build();
    return FunctionProto.newBuilder()
        .setDomain("own")
        .setName("Twice")
        .addInput("x")
        .addInput("k")
        .addOutput("b")
        .addAttribute("alpha")
        .addNode(OnnxDraft.nodeOf("", "a = Conv(x, k)", "pads", new long[] {1, 1, 1, 1}))
        .addNode(leaky.toBuilder().addAttribute(reference))
        .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(17))
        .build();
  }

  @Test
  void theBranchThatIsTakenIsGoneThroughInPlace() {
    GraphProto yes = new OnnxDraft(17).node("v = Relu(images)").output("v").graph();
    GraphProto no = new OnnxDraft(17).node("v = NonZero(images)").output("v").graph();
    OnnxDraft draft =
        Drafts.images()
            .longs("three", 3)
            .node("shape = Shape(images)", "start", 1, "end", 2)
            .node("colours = Equal(shape, three)")
            .node("y = If(colours)", "then_branch", yes, "else_branch", no)
            .node("z = Flatten(y)")
            .output("z");
    Backbone backbone = backbone(draft);
    assertThat(Exported.inference(backbone).nodes()).anyMatch(n -> n.op().equals("Relu"));
    assertThat(backbone.featureWidth()).isEqualTo(3 * 8 * 8);
  }

  @Test
  void aNodeBehindTheFeaturesNeedNotBeTrainable() {
    OnnxDraft draft =
        Drafts.images().node("f = Flatten(images)").node("c = NonZero(f)").output("c");
    Backbone backbone = backbone(draft, "featureOutput", "f");
    assertThat(backbone.featureWidth()).isEqualTo(192);
  }

  @Test
  void mapsOfFeaturesAreAveragedOverSpace() {
    OnnxDraft draft =
        Drafts.images().weight("w", 5, 3, 3, 3).node("y = Conv(images, w)").output("y");
    assertThat(backbone(draft).featureWidth()).isEqualTo(5);
  }

  /** What Keras and Swin give: the channels are behind the space. */
  @Test
  void mapsWithTheirChannelsLastAreAveragedOverSpaceToo() {
    Backbone first = backbone(map().output("y"));
    OnnxDraft turned = map().node("z = Transpose(y)", "perm", new long[] {0, 2, 3, 1}).output("z");
    Backbone last = backbone(turned);
    assertThat(last.featureWidth()).isEqualTo(5);
    assertThat(Exported.features(last, pictures()))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(Exported.features(first, pictures()));
  }

  private static OnnxDraft map() {
    return Drafts.images().weight("w", 5, 3, 3, 3).node("y = Conv(images, w)");
  }

  @Test
  void aMapThatDoesNotSayWhereItsChannelsAreIsAskedAbout() {
    OnnxDraft cube =
        Drafts.images().weight("w", 6, 3, 3, 3).node("y = Conv(images, w)").output("y");
    assertThatThrownBy(() -> backbone(cube))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("'y' is [N, 6, 6, 6]", "backbone.channels=first or last");
    assertThat(Exported.features(backbone(cube, "channels", "first"), pictures()))
        .isNotEqualTo(Exported.features(backbone(cube, "channels", "last"), pictures()));
  }

  @Test
  void tokensBecomeTheFirstOrTheirMean() {
    OnnxDraft draft =
        map()
            .longs("flat", 0, 5, -1)
            .node("f = Reshape(y, flat)")
            .node("t = Transpose(f)", "perm", new long[] {0, 2, 1})
            .output("t");
    assertThatThrownBy(() -> backbone(draft))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("'t' is [N, 36, 5]", "backbone.tokens=class");
    assertThat(Exported.features(backbone(draft, "tokens", "mean"), pictures()))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(Exported.features(backbone(map().output("y")), pictures()));
    OnnxDraft corner =
        map()
            .longs("zero", 0, 0)
            .longs("one", 1, 1)
            .longs("axes", 2, 3)
            .node("p = Slice(y, zero, one, axes)")
            .output("p");
    assertThat(Exported.features(backbone(draft, "tokens", "class"), pictures()))
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(Exported.features(backbone(corner), pictures()));
  }

  @Test
  void resetDrawsEveryWeightAnew() {
    OnnxDraft draft =
        Drafts.images()
            .weight("k", 16, 3, 3, 3)
            .floats("g", new long[] {16}, new double[16])
            .weight("m", 16)
            .floats("v", new long[] {16}, new double[16])
            .node("a = Conv(images, k)")
            .node("b = BatchNormalization(a, g, m, m2, v)")
            .weight("m2", 16)
            .weight("w", 576, 7)
            .node("f = Flatten(b)")
            .node("y = MatMul(f, w)")
            .output("y");
    Map<String, Tensor> fresh = first(backbone(draft, "resetWeights", "true"));
    Map<String, Tensor> kept = first(backbone(draft));
    assertThat(fresh.keySet()).isEqualTo(kept.keySet());
    assertThat(fresh)
        .allSatisfy(
            (name, values) ->
                assertThat(values.sameBits(Interpreter.require(kept, name))).as(name).isFalse());
    assertThat(deviation(Interpreter.require(fresh, "student/k"))).isBetween(0.10, 0.15);
    assertThat(Interpreter.require(fresh, "student/v").toFloats()).containsOnly(1);
    assertThat(Interpreter.require(fresh, "student/m2").toFloats()).containsOnly(0);
  }

  /** Batch normalisation moves its statistics by the file's momentum. */
  @Test
  void normalisationTrainsAgain() {
    OnnxDraft draft =
        Drafts.images()
            .floats("g", new long[] {3}, 1, 2, 3)
            .floats("b", new long[] {3}, 0.5, -0.5, 0)
            .floats("m", new long[] {3}, 0.1, 0.2, 0.3)
            .floats("v", new long[] {3}, 1, 2, 3)
            .node("y = BatchNormalization(images, g, b, m, v)", "momentum", 0.75)
            .node("f = Flatten(y)")
            .output("f");
    Backbone backbone = backbone(draft);
    GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
    Value input = builder.input("images", backbone.inputShape());
    Value features = backbone.attach(builder.scope("student")).apply(input);
    Graph graph = builder.build(Map.of("features", features));
    Map<String, Nd> fed = new LinkedHashMap<>(Map.of("images", Nd.of(pictures())));
    graph.parameters().forEach(p -> fed.put(p.name(), Nd.of(Initializer.draw(p, 1))));
    Interpreter.Step step = Interpreter.run(graph, fed);
    double mean = average(Nd.of(pictures()), 1);
    assertThat(step.state("student/m").at(1)).isCloseTo(0.75 * 0.2 + 0.25 * mean, within());
    assertThat(average(step.output("features").withShape(2, 3, 8, 8), 1)).isCloseTo(-0.5, within());
    assertThat(roles(backbone))
        .containsEntry("student/m", Role.STATISTIC)
        .containsEntry("student/g", Role.GAIN);
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-5);
  }

  private static double average(Nd images, int channel) {
    double sum = 0;
    for (int i = 0; i < images.size(); i++) {
      sum += i / 64 % 3 == channel ? images.at(i) : 0;
    }
    return sum / 128;
  }

  private static double deviation(Tensor tensor) {
    double squares = 0;
    for (float value : tensor.toFloats()) {
      squares += value * value;
    }
    return Math.sqrt(squares / tensor.elements());
  }

  private static Tensor pictures() {
    Tensor images = Tensor.zeros(ElementType.FLOAT, 2, 3, 8, 8);
    for (int i = 0; i < images.elements(); i++) {
      images.floats().put(i, (float) Math.sin(1.9 * i + 0.2));
    }
    return images;
  }

  private static void assertSame(OnnxDraft draft, Backbone backbone) {
    try (OrtEvaluator runtime = new OrtEvaluator(draft.bytes(), OptLevel.NO_OPT)) {
      Tensor wanted = Interpreter.require(runtime.run(Map.of("images", pictures())), "z");
      assertThat(Exported.features(backbone, pictures()))
          .usingComparatorWithPrecision(1e-5f)
          .containsExactly(wanted.toFloats());
    }
  }

  private Backbone backbone(OnnxDraft draft, String... options) {
    return Drafts.backbone(folder, draft, options);
  }

  private static List<String> names(Backbone backbone) {
    return first(backbone).keySet().stream().map(n -> n.substring("student/".length())).toList();
  }

  private static Map<String, Role> roles(Backbone backbone) {
    Map<String, Role> roles = new LinkedHashMap<>();
    Exported.inference(backbone).parameters().forEach(p -> roles.put(p.name(), p.role()));
    return roles;
  }

  private static Map<String, Tensor> first(Backbone backbone) {
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (Parameter parameter : Exported.inference(backbone).parameters()) {
      values.put(parameter.name(), Initializer.draw(parameter, 1));
    }
    return values;
  }
}
