package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.List;

/**
 * A vision transformer's table of positions as one that is resized to the patches that an image
 * has: the class token's stays, the square grid of the others is interpolated (bicubic, without
 * antialiasing).
 *
 * @param output the resized table, [1, 1 + h w, width]
 */
record PositionGrid(List<TensorProto> constants, List<NodeProto> nodes, String output) {

  /**
   * @param table [1, 1 + side side, width]
   * @param map a value of the extents [N, width, h, w]
   */
  static PositionGrid of(TensorProto table, String map) {
    String name = table.getName();
    return new PositionGrid(constants(table, name), nodes(name, map), name + ":any");
  }

  private static List<TensorProto> constants(TensorProto table, String name) {
    int width = (int) table.getDims(2);
    int count = (int) table.getDims(1) - 1;
    int side = (int) Math.round(Math.sqrt(count));
    float[] values = GraphEdits.floats(table);
    float[] grid = new float[count * width];
    for (int place = 0; place < count; place++) {
      for (int channel = 0; channel < width; channel++) {
        grid[channel * count + place] = values[(1 + place) * width + channel];
      }
    }
    return List.of(
        GraphEdits.tensor(name + ":class", Arrays.copyOf(values, width), 1, 1, width),
        GraphEdits.tensor(name + ":grid", grid, 1, width, side, side),
        GraphEdits.tensor(name + ":map", new long[] {1, width}, 2),
        GraphEdits.tensor(name + ":flat", new long[] {1, width, -1}, 3));
  }

  private static List<NodeProto> nodes(String name, String map) {
    return List.of(
        node("Shape", List.of(map), name + ":places", at("start", 2), at("end", 4)),
        node("Concat", List.of(name + ":map", name + ":places"), name + ":sizes", at("axis", 0)),
        node(
            "Resize",
            List.of(name + ":grid", "", "", name + ":sizes"),
            name + ":resized",
            text("mode", "cubic"),
            text("coordinate_transformation_mode", "half_pixel")),
        node("Reshape", List.of(name + ":resized", name + ":flat"), name + ":row"),
        node(
            "Transpose",
            List.of(name + ":row"),
            name + ":patches",
            GraphEdits.integers("perm", List.of(0L, 2L, 1L))),
        node("Concat", List.of(name + ":class", name + ":patches"), name + ":any", at("axis", 1)));
  }

  private static NodeProto node(
      String op, List<String> inputs, String output, AttributeProto... attributes) {
    return GraphEdits.node(op, inputs, output).toBuilder()
        .addAllAttribute(List.of(attributes))
        .build();
  }

  private static AttributeProto at(String name, long value) {
    return GraphEdits.integer(name, value);
  }

  private static AttributeProto text(String name, String value) {
    return AttributeProto.newBuilder()
        .setName(name)
        .setType(AttributeProto.AttributeType.STRING)
        .setS(ByteString.copyFromUtf8(value))
        .build();
  }
}
