package io.github.nolabel.runtime.kernels.model;

import io.github.nolabel.runtime.kernels.model.ProtoFields.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fills a tensor of another one's extents where that one lies: {@code ConstantOfShape(Shape(x))}
 * becomes {@code Clip(x, c, c)}. ONNX Runtime keeps shapes on the processor and what follows from
 * them alone with them, so that the zeros of a pooling's gradient are carried to the card in every
 * step.
 */
public final class FilledInPlace {

  /** ONNX's codes of float32, float16 and float64. */
  private static final Set<Long> NUMBERS = Set.of(1L, 10L, 11L);

  private FilledInPlace() {}

  /** The same model where there is nothing to fill. */
  public static byte[] rewritten(byte[] model) {
    GraphProto graph = GraphProto.of(model);
    Map<String, String> measured = new HashMap<>();
    List<NodeProto> written = new ArrayList<>();
    for (NodeProto node : graph.nodes()) {
      if (node.asksForExtents() && node.attributes().isEmpty()) {
        measured.put(node.outputs().get(0), node.inputs().get(0));
      }
      String like = isFilling(node) ? measured.get(node.inputs().get(0)) : null;
      written.addAll(like == null ? List.of(node) : filled(node, like));
    }
    return written.equals(graph.nodes()) ? model : graph.with(written);
  }

  private static boolean isFilling(NodeProto node) {
    return node.domain().isEmpty()
        && node.type().equals("ConstantOfShape")
        && node.attributes().stream().anyMatch(FilledInPlace::isNumber);
  }

  /** AttributeProto: t 5; TensorProto: data_type 2. */
  private static boolean isNumber(ByteBuffer attribute) {
    return ProtoFields.of(attribute).stream()
        .filter(field -> field.number() == 5)
        .flatMap(tensor -> tensor.fields().stream())
        .filter(field -> field.number() == 2)
        .map(Field::whole)
        .anyMatch(NUMBERS::contains);
  }

  /** A constant has its value in the attribute of the same name. */
  private static List<NodeProto> filled(NodeProto node, String like) {
    String value = node.outputs().get(0) + "/value";
    return List.of(
        new NodeProto("", "Constant", value, List.of(), List.of(value), node.attributes()),
        new NodeProto(
            "", "Clip", node.name(), List.of(like, value, value), node.outputs(), List.of()));
  }
}
