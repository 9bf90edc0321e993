package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The same model for images of any height and width. Networks of convolutions need nothing but
 * another signature. Of vision transformers (the built-in ones) the positions are interpolated in
 * the graph, bicubic without antialiasing as DINO does for evaluation: at the size of training they
 * are what they were.
 */
public final class DynamicSize {

  private static final Set<String> SIZED = Set.of("Reshape", "Expand", "Slice", "Split", "Tile");
  private static final long TO_THE_END = Long.MAX_VALUE;

  private final Map<String, TensorProto> constants;
  private final GraphProto.Builder result;
  private final Patches patches;

  private DynamicSize(GraphProto graph, Patches patches) {
    this.constants = GraphEdits.constants(graph);
    this.result = graph.toBuilder().clearNode();
    this.patches = patches;
  }

  /**
   * @param map that the patches' convolution gives, [N, width, h, w]
   * @param count h w at the size of training
   * @param tokens those of patches and all others
   * @param positions their constant's name, [1, 1 + count, width]
   */
  private record Patches(String map, long count, long tokens, String positions) {}

  /**
   * Converts a model.
   *
   * @throws UserMistake if something in it fits one size only
   */
  public static OnnxModel of(OnnxModel model) {
    return GraphEdits.edited(model, DynamicSize::converted);
  }

  /**
   * The signature that such a model has for images of one size; empty for every other file.
   *
   * @param size in pixels, by the file's metadata
   */
  public static Optional<OnnxModel> at(byte[] bytes, int size) {
    OnnxModel unsigned = new OnnxModel(bytes, List.of(), List.of());
    GraphProto graph = GraphEdits.parsed(unsigned).getGraph();
    if (graph.getInputCount() != 1 || graph.getOutputCount() != 1 || !isFree(graph.getInput(0))) {
      return Optional.empty();
    }
    TensorShapeProto features = graph.getOutput(0).getType().getTensorType().getShape();
    if (features.getDimCount() != 2) {
      return Optional.empty();
    }
    Shape row = Shape.batched(features.getDim(1).getDimValue());
    return Optional.of(
        new OnnxModel(
            bytes,
            List.of(TensorSpec.floats(TrainingProgram.IMAGES, Shape.batched(3, size, size))),
            List.of(TensorSpec.floats(graph.getOutput(0).getName(), row))));
  }

  private static boolean isFree(ValueInfoProto input) {
    TensorShapeProto shape = input.getType().getTensorType().getShape();
    return input.getName().equals(TrainingProgram.IMAGES)
        && shape.getDimCount() == 4
        && shape.getDim(2).hasDimParam()
        && shape.getDim(3).hasDimParam();
  }

  private static GraphProto converted(GraphProto graph) {
    Map<String, TensorProto> constants = GraphEdits.constants(graph);
    List<NodeProto> sized =
        graph.getNodeList().stream()
            .filter(node -> SIZED.contains(node.getOpType()))
            .filter(node -> node.getInputList().stream().skip(1).anyMatch(constants::containsKey))
            .toList();
    GraphProto any =
        sized.isEmpty()
            ? graph
            : new DynamicSize(graph, patches(sized.get(0), constants)).rewritten(graph);
    List<ValueInfoProto> inputs =
        any.getInputList().stream().map(DynamicSize::withoutSize).toList();
    return any.toBuilder().clearInput().addAllInput(inputs).build();
  }

  private static ValueInfoProto withoutSize(ValueInfoProto input) {
    TensorShapeProto shape = input.getType().getTensorType().getShape();
    if (!input.getName().equals(TrainingProgram.IMAGES) || shape.getDimCount() != 4) {
      throw new UserMistake(
          "--dynamic-size is for networks that read images alone; this one reads '%s'."
              .formatted(input.getName()));
    }
    ValueInfoProto.Builder free = input.toBuilder();
    TensorShapeProto.Builder extents =
        free.getTypeBuilder().getTensorTypeBuilder().getShapeBuilder();
    extents.getDimBuilder(2).setDimParam("height");
    extents.getDimBuilder(3).setDimParam("width");
    return free.build();
  }

  /** What the first reshape tells: [N, width, count]. */
  private static Patches patches(NodeProto first, Map<String, TensorProto> constants) {
    Map<String, TensorProto> positions =
        constants.values().stream()
            .filter(t -> t.getName().endsWith("pos_embed") && t.getDimsCount() == 3)
            .collect(Collectors.toMap(TensorProto::getName, t -> t));
    if (!first.getOpType().equals("Reshape") || positions.size() != 1) {
      throw oneSize(first);
    }
    TensorProto table = positions.values().iterator().next();
    TensorProto registers = constants.get(table.getName().replace("pos_embed", "reg_token"));
    List<Long> shape = GraphEdits.longs(constants.getOrDefault(first.getInput(1), table));
    long count = table.getDims(1) - 1;
    if (shape.size() != 3 || shape.get(2) != count) {
      throw oneSize(first);
    }
    long tokens = 1 + count + (registers == null ? 0 : registers.getDims(1));
    return new Patches(first.getInput(0), count, tokens, table.getName());
  }

  private static UserMistake oneSize(NodeProto node) {
    return new UserMistake(
        "--dynamic-size is for networks of convolutions and the built-in vision transformers; here %s (%s) fits images of one size only. Leave it out."
            .formatted(node.getOpType(), node.getName()));
  }

  private GraphProto rewritten(GraphProto graph) {
    for (NodeProto node : graph.getNodeList()) {
      if (node.getInputList().contains(patches.positions())) {
        positions(node);
      } else if (SIZED.contains(node.getOpType()) && constants.containsKey(last(node))) {
        result.addNode(anySize(node));
      } else {
        result.addNode(node);
      }
    }
    return GraphEdits.withoutUnused(result.build());
  }

  private static String last(NodeProto node) {
    return node.getInput(node.getInputCount() - 1);
  }

  private NodeProto anySize(NodeProto node) {
    return switch (node.getOpType()) {
      case "Reshape" -> reshape(node);
      case "Slice" -> slice(node);
      default -> node;
    };
  }

  /** Extents that follow from the size are what is left over, the batch is copied. */
  private NodeProto reshape(NodeProto node) {
    List<Long> shape = new ArrayList<>(GraphEdits.longs(constant(node.getInput(1))));
    if (node.getInput(0).equals(patches.map())) {
      return with(node, 1, List.of(0L, 0L, -1L));
    }
    if (shape.size() < 3 || shape.get(0) != -1 || shape.get(1) != patches.tokens()) {
      throw oneSize(node);
    }
    shape.set(0, 0L);
    shape.set(1, -1L);
    return with(node, 1, shape);
  }

  /** What ends with the last token ends there at any size. */
  private NodeProto slice(NodeProto node) {
    long end = GraphEdits.longs(constant(node.getInput(2))).get(0);
    boolean toTheEnd = end == patches.tokens() || end == patches.count() + 1;
    return toTheEnd ? with(node, 2, List.of(TO_THE_END)) : node;
  }

  private NodeProto with(NodeProto node, int input, List<Long> values) {
    String name = node.getOutput(0) + ":any";
    long[] array = values.stream().mapToLong(Long::longValue).toArray();
    result.addInitializer(GraphEdits.tensor(name, array, array.length));
    return node.toBuilder().setInput(input, name).build();
  }

  private void positions(NodeProto sum) {
    String name = patches.positions();
    PositionGrid grid = PositionGrid.of(constant(name), patches.map());
    result.addAllInitializer(grid.constants()).addAllNode(grid.nodes());
    NodeProto.Builder moved = sum.toBuilder().clearInput();
    sum.getInputList().forEach(in -> moved.addInput(in.equals(name) ? grid.output() : in));
    result.addNode(moved);
  }

  private TensorProto constant(String name) {
    return Objects.requireNonNull(constants.get(name), name);
  }
}
