package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import java.util.ArrayList;
import java.util.List;

/**
 * A model that says within which range its values lie for an image.
 *
 * @param model images to {@code ranges}, float[N, 2 K]: least and largest of each value in turn
 * @param names of the K values
 */
public record EightBitRanges(OnnxModel model, List<String> names) {

  private static final String RANGES = "ranges";

  public EightBitRanges {
    names = List.copyOf(names);
  }

  /**
   * Asks for the values that {@link EightBitConvolutions} rounds.
   *
   * @throws io.github.nolabel.api.UserMistake if most of the weights are in no convolution
   */
  public static EightBitRanges of(OnnxModel model) {
    GraphProto graph = GraphEdits.parsed(model).getGraph();
    List<String> names = EightBitValues.of(graph).ranged().values().stream().distinct().toList();
    OnnxModel asking = GraphEdits.edited(model, g -> asking(g, names));
    TensorSpec ranges = new TensorSpec(RANGES, ElementType.FLOAT, Shape.batched(2L * names.size()));
    return new EightBitRanges(
        new OnnxModel(asking.bytes(), model.inputs(), List.of(ranges)), names);
  }

  private static GraphProto asking(GraphProto graph, List<String> names) {
    GraphProto.Builder result = graph.toBuilder().clearOutput();
    List<String> extremes = new ArrayList<>();
    for (String name : names) {
      String rows = name + ":rows";
      result.addNode(GraphEdits.node("Flatten", List.of(name), rows));
      for (String op : List.of("ReduceMin", "ReduceMax")) {
        List<String> inputs = List.of(rows, RANGES + ":axis");
        result.addNode(GraphEdits.node(op, inputs, name + ":" + op));
        extremes.add(name + ":" + op);
      }
    }
    result.addInitializer(GraphEdits.tensor(RANGES + ":axis", new long[] {1}, 1));
    NodeProto.Builder all = GraphEdits.node("Concat", extremes, RANGES).toBuilder();
    result.addNode(all.addAttribute(GraphEdits.integer("axis", 1)));
    return GraphEdits.withoutUnused(result.addOutput(output(2L * names.size())).build());
  }

  private static ValueInfoProto output(long width) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    shape.addDimBuilder().setDimParam("N");
    shape.addDimBuilder().setDimValue(width);
    TypeProto.Builder type = TypeProto.newBuilder();
    type.getTensorTypeBuilder().setElemType(TensorProto.DataType.FLOAT_VALUE).setShape(shape);
    return ValueInfoProto.newBuilder().setName(RANGES).setType(type).build();
  }
}
