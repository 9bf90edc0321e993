package io.github.nolabel.onnx;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.Map;

/**
 * Writes training models by the conventions of ONNX Runtime's own training API, which tells inputs
 * apart by their names.
 */
public final class ArtifactWriter {

  private static final String GRADIENT = "_grad";
  private static final String ACCUMULATION = "_grad.accumulation";

  private ArtifactWriter() {}

  /**
   * The training model: after the graph's inputs all state, one gradient buffer per trained tensor,
   * and the flag that makes a step overwrite the buffers instead of adding to them.
   *
   * @param graph whose outputs are the loss and, as {@code NAME_grad}, the gradient of every
   *     trained parameter
   */
  public static OnnxModel training(Graph graph) {
    List<Parameter> trained = graph.parameters().stream().filter(Parameter::trainable).toList();
    ProtoGraph proto = OnnxWriter.body(graph, Target.TRAINING);
    graph.parameters().forEach(p -> OnnxWriter.addInput(proto, p.value()));
    trained.forEach(p -> OnnxWriter.addInput(proto, buffer(p)));
    OnnxWriter.addInput(proto, flag(TrainingProgram.RESET));
    Value loss = output(graph, TrainingProgram.LOSS);
    proto.proto().addOutput(OnnxWriter.info(TrainingProgram.LOSS, loss));
    trained.forEach(p -> accumulate(graph, proto, p));
    TensorSpec result = new TensorSpec(TrainingProgram.LOSS, loss.type(), loss.shape());
    return new OnnxModel(
        OnnxWriter.bytes(proto, Map.of()), OnnxWriter.inputs(graph), List.of(result));
  }

  /**
   * The graph's parameters with the values of {@code state}.
   *
   * @throws io.github.nolabel.api.UserMistake if one is missing or has another shape
   */
  public static List<StateTensor> state(Graph graph, Map<String, Tensor> state) {
    return graph.parameters().stream()
        .map(
            p ->
                new StateTensor(
                    p.name(), p.trainable(), p.sharing(), StateLookup.require(state, p)))
        .toList();
  }

  private static void accumulate(Graph graph, ProtoGraph proto, Parameter parameter) {
    String gradient = parameter.name() + GRADIENT;
    output(graph, gradient);
    Value updated = flag(parameter.name() + ACCUMULATION + ".out");
    proto.node(
        Opset.RUNTIME_DOMAIN,
        "InPlaceAccumulatorV2",
        List.of(buffer(parameter).name(), gradient, TrainingProgram.RESET),
        List.of(updated.name()),
        Attributes.NONE);
    proto.proto().addOutput(OnnxWriter.info(updated.name(), updated));
  }

  private static Value output(Graph graph, String name) {
    Value value = graph.outputs().get(name);
    if (value == null) {
      throw new IllegalStateException("The graph has no output '" + name + "'.");
    }
    return value;
  }

  private static Value buffer(Parameter parameter) {
    return new Value(
        parameter.name() + ACCUMULATION + ".buffer",
        parameter.value().type(),
        parameter.value().shape());
  }

  private static Value flag(String name) {
    return new Value(name, ElementType.BOOL, Shape.of(1));
  }
}
