package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Node;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.StateWrite;
import io.github.nolabel.graph.Value;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/** Writes graphs as ONNX models. */
public final class OnnxWriter {

  private static final String PRODUCER = "nolabel";

  /** What an update reads: numbers, and whether it takes place. */
  private static final Set<ElementType> DECLARED = EnumSet.of(ElementType.FLOAT, ElementType.BOOL);

  private OnnxWriter() {}

  /** The training model: state as inputs that the graph writes in place, then the reset flag. */
  public static OnnxModel training(Graph graph) {
    return training(graph, lowered(graph, Target.TRAINING));
  }

  /**
   * The same with the extents of what lies between, where they are known: a runtime that joins
   * operators cannot tell them all.
   */
  public static OnnxModel trainingWithExtents(Graph graph) {
    ProtoGraph proto = lowered(graph, Target.TRAINING);
    graph.nodes().stream()
        .flatMap(node -> node.outputs().stream())
        .filter(value -> DECLARED.contains(value.type()) && value.shape().isFixed())
        .forEach(value -> proto.proto().addValueInfo(info(value.name(), value)));
    return training(graph, proto);
  }

  private static OnnxModel training(Graph graph, ProtoGraph proto) {
    graph.parameters().forEach(p -> addInput(proto, p.value()));
    addInput(proto, new Value(TrainingProgram.RESET, ElementType.BOOL, Shape.of(1)));
    return model(graph, proto, Map.of());
  }

  /**
   * The evaluation model: all of {@code state} as inputs, in that order, whether used or not,
   * because the runtime passes state by position.
   */
  public static OnnxModel evaluation(Graph graph, List<Parameter> state) {
    ProtoGraph proto = lowered(graph, Target.TRAINING);
    state.forEach(p -> addInput(proto, p.value()));
    return model(graph, proto, Map.of());
  }

  /** The inference model: what the graph needs of {@code state} becomes constant. */
  public static OnnxModel inference(
      Graph graph, Map<String, Tensor> state, SortedMap<String, String> metadata) {
    ProtoGraph proto = lowered(graph, Target.INFERENCE);
    Set<Value> used = used(graph);
    for (Parameter parameter : graph.parameters()) {
      if (used.contains(parameter.value())) {
        proto.initializer(parameter.name(), StateLookup.require(state, parameter));
      }
    }
    return model(graph, proto, metadata);
  }

  private static ProtoGraph lowered(Graph graph, Target target) {
    ProtoGraph proto = body(graph, target);
    graph.outputs().forEach((name, value) -> proto.proto().addOutput(info(name, value)));
    return proto;
  }

  /** Inputs, nodes and state writes; the outputs' values exist under their names. */
  static ProtoGraph body(Graph graph, Target target) {
    ProtoGraph proto = new ProtoGraph();
    graph.inputs().forEach(input -> addInput(proto, input));
    Set<Value> used = used(graph);
    LoweringTable table = LoweringTable.standard();
    OnnxNodes onnx = new OnnxNodes(proto, used);
    graph.nodes().forEach(node -> table.of(node, target).lower(node, onnx));
    RunningStatistics.requireOneReader(graph);
    new StateWrites(new Readers(graph, used), graph.writes(), proto).lower();
    graph
        .outputs()
        .forEach(
            (name, value) ->
                proto.node("Identity", List.of(value.name()), List.of(name), Attributes.NONE));
    return proto;
  }

  private static Set<Value> used(Graph graph) {
    Set<Value> used = new HashSet<>(graph.outputs().values());
    for (Node node : graph.nodes()) {
      used.addAll(node.inputs());
    }
    graph.writes().stream().map(StateWrite::next).forEach(used::add);
    return used;
  }

  private static OnnxModel model(Graph graph, ProtoGraph proto, Map<String, String> metadata) {
    return new OnnxModel(bytes(proto, metadata), inputs(graph), outputs(graph));
  }

  /** The whole file. */
  static byte[] bytes(ProtoGraph proto, Map<String, String> metadata) {
    ModelProto.Builder model =
        ModelProto.newBuilder()
            .setIrVersion(Opset.IR_VERSION)
            .setProducerName(PRODUCER)
            .addOpsetImport(OperatorSetIdProto.newBuilder().setVersion(Opset.VERSION))
            .setGraph(proto.proto().setName(PRODUCER));
    if (usesRuntimeDomain(proto)) {
      model.addOpsetImport(
          OperatorSetIdProto.newBuilder().setDomain(Opset.RUNTIME_DOMAIN).setVersion(1));
    }
    metadata.forEach(
        (key, value) ->
            model.addMetadataProps(
                StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    return model.build().toByteArray();
  }

  private static boolean usesRuntimeDomain(ProtoGraph proto) {
    return proto.proto().getNodeList().stream()
        .anyMatch(node -> node.getDomain().equals(Opset.RUNTIME_DOMAIN));
  }

  static List<TensorSpec> inputs(Graph graph) {
    return graph.inputs().stream().map(v -> new TensorSpec(v.name(), v.type(), v.shape())).toList();
  }

  private static List<TensorSpec> outputs(Graph graph) {
    return graph.outputs().entrySet().stream()
        .map(o -> new TensorSpec(o.getKey(), o.getValue().type(), o.getValue().shape()))
        .toList();
  }

  static void addInput(ProtoGraph proto, Value value) {
    proto.proto().addInput(info(value.name(), value));
  }

  static ValueInfoProto info(String name, Value value) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    value.shape().dims().forEach(dim -> shape.addDim(dimension(dim)));
    TypeProto.Tensor type =
        TypeProto.Tensor.newBuilder().setElemType(value.type().onnxCode()).setShape(shape).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  private static TensorShapeProto.Dimension dimension(Dim dim) {
    var dimension = TensorShapeProto.Dimension.newBuilder();
    return (dim.isFixed()
            ? dimension.setDimValue(dim.extent())
            : dimension.setDimParam(dim.toString()))
        .build();
  }
}
