package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.graph.Graph;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Puts a graph before a model: its outputs take the place of the inputs of these names. */
public final class OnnxPrefix {

  private static final String CONSTANTS = "before:";

  private OnnxPrefix() {}

  /**
   * The model with the inputs of {@code prefix} in place of those that it computes.
   *
   * @param prefix without state; no name of its values but its outputs is one of the model's
   */
  public static OnnxModel before(OnnxModel model, Graph prefix) {
    Set<String> computed = prefix.outputs().keySet();
    GraphProto first = OnnxWriter.body(prefix, Target.TRAINING).proto().buildPartial();
    ModelProto second = parsed(model);
    ModelProto whole =
        second.toBuilder().setGraph(joined(first, second.getGraph(), computed)).build();
    List<TensorSpec> inputs = new ArrayList<>(OnnxWriter.inputs(prefix));
    model.inputs().stream().filter(i -> !computed.contains(i.name())).forEach(inputs::add);
    return new OnnxModel(whole.toByteArray(), inputs, model.outputs());
  }

  private static GraphProto joined(GraphProto first, GraphProto second, Set<String> computed) {
    GraphProto.Builder joined =
        second.toBuilder().clearInput().clearNode().addAllInput(first.getInputList());
    second.getInputList().stream()
        .filter(input -> !computed.contains(input.getName()))
        .forEach(joined::addInput);
    UnaryOperator<String> renamed = renamed(first);
    first.getInitializerList().stream()
        .map(i -> i.toBuilder().setName(renamed.apply(i.getName())))
        .forEach(joined::addInitializer);
    first.getNodeList().stream().map(node -> renamed(node, renamed)).forEach(joined::addNode);
    return joined.addAllNode(second.getNodeList()).build();
  }

  /** Both graphs count their constants from 0. */
  private static UnaryOperator<String> renamed(GraphProto graph) {
    Set<String> constants =
        graph.getInitializerList().stream().map(i -> i.getName()).collect(Collectors.toSet());
    return name -> constants.contains(name) ? CONSTANTS + name : name;
  }

  private static NodeProto renamed(NodeProto node, UnaryOperator<String> names) {
    return node.toBuilder()
        .clearInput()
        .addAllInput(node.getInputList().stream().map(names).toList())
        .build();
  }

  private static ModelProto parsed(OnnxModel model) {
    try {
      return ModelProto.parseFrom(model.bytes());
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("the model is not what was written", e);
    }
  }
}
