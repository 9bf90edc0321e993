package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same model for programs that read an older version of ONNX. Axes of reductions become
 * attributes before opset 18, GELU its formula before opset 20; what else an operator set lacks is
 * refused.
 */
public final class OpsetChange {

  /** The oldest version that can be asked for. */
  public static final int OLDEST = 13;

  /** The newest one, which is written unless another is asked for. */
  public static final int NEWEST = (int) Opset.VERSION;

  private static final Set<String> REDUCTIONS =
      Set.of("ReduceMean", "ReduceMax", "ReduceMin", "ReduceLogSumExp");

  /** Since when an operator exists in the form that is written; since 13 or longer: not listed. */
  private static final Map<String, Integer> SINCE =
      Map.ofEntries(
          Map.entry("LayerNormalization", 17),
          Map.entry("HardSwish", 14),
          Map.entry("Trilu", 14),
          Map.entry("Mish", 18),
          Map.entry("GroupNormalization", 18),
          Map.entry("CenterCropPad", 18),
          Map.entry("BitwiseAnd", 18),
          Map.entry("BitwiseOr", 18),
          Map.entry("BitwiseXor", 18),
          Map.entry("BitwiseNot", 18),
          Map.entry("GridSample", 20));

  private final int version;
  private final Map<String, TensorProto> constants;
  private final GraphProto.Builder result;

  private OpsetChange(GraphProto graph, int version) {
    this.version = version;
    this.constants = GraphEdits.constants(graph);
    this.result = graph.toBuilder().clearNode();
  }

  /**
   * Converts a model.
   *
   * @param version {@link #OLDEST} to {@link #NEWEST}
   * @throws UserMistake naming the operator, if one needs a newer version
   */
  public static OnnxModel of(OnnxModel model, int version) {
    requireKnown(version);
    if (version == NEWEST) {
      return model;
    }
    ModelProto before = GraphEdits.parsed(model);
    ModelProto.Builder proto = before.toBuilder().setIrVersion(format(version)).clearOpsetImport();
    for (OperatorSetIdProto set : before.getOpsetImportList()) {
      proto.addOpsetImport(
          set.getDomain().isEmpty() ? set.toBuilder().setVersion(version).build() : set);
    }
    proto.setGraph(new OpsetChange(before.getGraph(), version).converted(before.getGraph()));
    return new OnnxModel(proto.build().toByteArray(), model.inputs(), model.outputs());
  }

  /**
   * @throws UserMistake if there is no such version, or it is not written
   */
  public static void requireKnown(int version) {
    Require.that(
        version >= OLDEST && version <= NEWEST,
        "--opset is %d; expected %d to %d.".formatted(version, OLDEST, NEWEST));
  }

  /** The version of the file format that came with an operator set. */
  private static long format(int version) {
    return version < 15 ? 7 : version < 19 ? 8 : Opset.IR_VERSION;
  }

  private GraphProto converted(GraphProto graph) {
    graph.getNodeList().forEach(this::add);
    return GraphEdits.withoutUnused(result.build());
  }

  private void add(NodeProto node) {
    String op = node.getOpType();
    boolean standard = node.getDomain().isEmpty();
    if (standard && version < 18 && REDUCTIONS.contains(op)) {
      result.addNode(axesAsAttribute(node));
    } else if (standard && version < 20 && op.equals("Gelu")) {
      gelu(node);
    } else {
      requireThere(node, standard ? since(node) : OLDEST);
      result.addNode(node);
    }
  }

  private static int since(NodeProto node) {
    if (node.getOpType().equals("Shape") && node.getAttributeCount() > 0) {
      return 15; // one extent alone
    }
    return SINCE.getOrDefault(node.getOpType(), OLDEST);
  }

  private void requireThere(NodeProto node, int since) {
    Require.that(
        version >= since,
        "--opset %d cannot hold this network: its operator %s (%s) needs opset %d. Ask for %d or newer."
            .formatted(version, node.getOpType(), node.getName(), since, since));
  }

  private NodeProto axesAsAttribute(NodeProto reduction) {
    if (reduction.getInputCount() < 2) {
      return reduction;
    }
    TensorProto axes = constants.get(reduction.getInput(1));
    if (axes == null) {
      requireThere(reduction, 18);
      return reduction;
    }
    return reduction.toBuilder()
        .clearInput()
        .addInput(reduction.getInput(0))
        .addAttribute(GraphEdits.integers("axes", GraphEdits.longs(axes)))
        .build();
  }

  /** {@code x (1 + erf(x / sqrt(2))) / 2} */
  private void gelu(NodeProto node) {
    boolean tanh =
        node.getAttributeList().stream()
            .map(AttributeProto::getS)
            .anyMatch(s -> "tanh".equals(s.toStringUtf8()));
    if (tanh) {
      requireThere(node, 20);
    }
    String x = node.getInput(0);
    String y = node.getOutput(0);
    result.addNode(GraphEdits.node("Mul", List.of(x, number(Math.sqrt(0.5))), y + ":scaled"));
    result.addNode(GraphEdits.node("Erf", List.of(y + ":scaled"), y + ":erf"));
    result.addNode(GraphEdits.node("Add", List.of(y + ":erf", number(1)), y + ":twice"));
    result.addNode(GraphEdits.node("Mul", List.of(x, y + ":twice"), y + ":double"));
    result.addNode(GraphEdits.node("Mul", List.of(y + ":double", number(0.5)), y));
  }

  private final Map<Double, String> numbers = new HashMap<>();

  private String number(double value) {
    return numbers.computeIfAbsent(
        value,
        v -> {
          String name = "gelu_constant_" + numbers.size();
          result.addInitializer(GraphEdits.tensor(name, new float[] {(float) value}));
          return name;
        });
  }
}
