package io.github.nolabel.networks.file;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.ByteString;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.networks.weights.PlainText;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/** Graphs, nodes and attributes; counts and depth are bounded. */
final class GraphReader {

  private static final int DEEPEST = 16;
  private static final int MOST_NODES = 100_000;

  private final Path file;
  private final TensorReader tensors;
  private int nodes;

  GraphReader(Path file, ExternalFiles external) {
    this.file = file;
    this.tensors = new TensorReader(file, external);
  }

  OnnxGraph graph(GraphProto proto, int depth) {
    if (depth > DEEPEST) {
      throw new UserMistake("%s nests graphs deeper than %d.".formatted(file, DEEPEST));
    }
    if (proto.getSparseInitializerCount() > 0) {
      throw new UserMistake(
          "%s holds sparse weights, which cannot be trained. Export it with dense ones."
              .formatted(file));
    }
    Map<String, Tensor> initializers = new LinkedHashMap<>();
    proto
        .getInitializerList()
        .forEach(i -> initializers.put(PlainText.of(i.getName()), tensors.read(i)));
    List<OnnxGraph.Input> inputs =
        proto.getInputList().stream()
            .filter(input -> !initializers.containsKey(PlainText.of(input.getName())))
            .map(GraphReader::input)
            .toList();
    return new OnnxGraph(
        inputs,
        proto.getOutputList().stream().map(o -> PlainText.of(o.getName())).toList(),
        initializers,
        nodes(proto.getNodeList(), depth));
  }

  Map<OnnxOperator, OnnxFunction> functions(List<FunctionProto> protos) {
    Map<OnnxOperator, OnnxFunction> functions = new LinkedHashMap<>();
    for (FunctionProto proto : protos) {
      Map<String, Object> defaults = new LinkedHashMap<>();
      proto
          .getAttributeProtoList()
          .forEach(a -> defaults.put(a.getName(), attribute(proto.getName(), a, 0)));
      functions.put(
          operator(proto.getDomain(), proto.getName(), proto.getOverload()),
          new OnnxFunction(
              names(proto.getInputList()),
              names(proto.getOutputList()),
              defaults,
              nodes(proto.getNodeList(), 0),
              OnnxFile.standardOpset(proto.getOpsetImportList())));
    }
    return functions;
  }

  private List<OnnxNode> nodes(List<NodeProto> protos, int depth) {
    nodes += protos.size();
    if (nodes > MOST_NODES) {
      throw new UserMistake("%s has more than %d nodes.".formatted(file, MOST_NODES));
    }
    return protos.stream().map(node -> node(node, depth)).toList();
  }

  private OnnxNode node(NodeProto proto, int depth) {
    Map<String, Object> attributes = new LinkedHashMap<>();
    proto
        .getAttributeList()
        .forEach(a -> attributes.put(a.getName(), attribute(proto.getName(), a, depth)));
    return new OnnxNode(
        PlainText.of(proto.getName()),
        operator(proto.getDomain(), proto.getOpType(), proto.getOverload()),
        names(proto.getInputList()),
        names(proto.getOutputList()),
        attributes);
  }

  private static OnnxOperator operator(String domain, String name, String overload) {
    return new OnnxOperator(PlainText.of(domain), PlainText.of(name), PlainText.of(overload));
  }

  private static List<String> names(List<String> names) {
    return names.stream().map(PlainText::of).toList();
  }

  private Object attribute(String node, AttributeProto proto, int depth) {
    if (!proto.getRefAttrName().isEmpty()) {
      return new OnnxNode.AttributeReference(proto.getRefAttrName());
    }
    return switch (proto.getType()) {
      case INT -> proto.getI();
      case FLOAT -> (double) proto.getF();
      case STRING -> proto.getS().toStringUtf8();
      case TENSOR -> tensors.read(proto.getT());
      case GRAPH -> graph(proto.getG(), depth + 1);
      case INTS -> proto.getIntsList();
      case FLOATS -> proto.getFloatsList().stream().map(Float::doubleValue).toList();
      case STRINGS -> proto.getStringsList().stream().map(ByteString::toStringUtf8).toList();
      default ->
          throw new UserMistake(
              "%s: attribute '%s' of node '%s' is of a kind that cannot be read (%s)."
                  .formatted(
                      file, PlainText.of(proto.getName()), PlainText.of(node), proto.getType()));
    };
  }

  private static OnnxGraph.Input input(ValueInfoProto proto) {
    List<OptionalLong> extents =
        proto.getType().getTensorType().getShape().getDimList().stream()
            .map(GraphReader::extent)
            .toList();
    return new OnnxGraph.Input(
        PlainText.of(proto.getName()), proto.getType().getTensorType().getElemType(), extents);
  }

  private static OptionalLong extent(Dimension dim) {
    return dim.hasDimValue() && dim.getDimValue() > 0
        ? OptionalLong.of(dim.getDimValue())
        : OptionalLong.empty();
  }
}
