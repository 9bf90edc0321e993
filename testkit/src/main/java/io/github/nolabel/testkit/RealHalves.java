package io.github.nolabel.testkit;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;

/**
 * Has float16 values rounded on the CPU. Its ONNX Runtime computes most operators in float32, with
 * casts around them, and leaves out two casts that meet. Here every float16 value passes an
 * operator that the CPU does have in float16, the larger of itself and itself, so that casts stay.
 */
final class RealHalves {

  private static final String HALF = ":half";

  private RealHalves() {}

  static TrainingRecipe in(TrainingRecipe recipe) {
    TrainingProgram program = recipe.program();
    OnnxModel training = program.training();
    OnnxModel rounded =
        new OnnxModel(rounded(training.bytes()), training.inputs(), training.outputs());
    return new TrainingRecipe(
        new TrainingProgram(rounded, program.evaluations(), program.state(), rounded),
        recipe.controllers(),
        recipe.inputs());
  }

  private static byte[] rounded(byte[] bytes) {
    try {
      ModelProto.Builder model = ModelProto.parseFrom(bytes).toBuilder();
      GraphProto.Builder graph = model.getGraphBuilder();
      GraphProto.Builder rounded = graph.build().toBuilder().clearNode();
      graph.getNodeList().forEach(node -> add(rounded, node));
      return model.setGraph(rounded).build().toByteArray();
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError("the program is no ONNX model", e);
    }
  }

  private static void add(GraphProto.Builder graph, NodeProto node) {
    NodeProto.Builder before = node.toBuilder();
    graph.addNode(before);
    int at = graph.getNodeCount() - 1;
    for (int i = 0; i < node.getOutputCount(); i++) {
      String name = node.getOutput(i);
      if (name.endsWith(HALF)) {
        String raw = name + ":raw";
        before.setOutput(i, raw);
        graph.addNode(
            NodeProto.newBuilder()
                .setOpType("Max")
                .setName("rounded:" + name)
                .addInput(raw)
                .addInput(raw)
                .addOutput(name));
      }
    }
    graph.setNode(at, before);
  }
}
