package io.github.nolabel.onnx;

import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.OptimizerConfig.Algorithm;
import io.github.nolabel.graph.Attributes;
import io.github.nolabel.graph.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The optimizer model of ONNX Runtime's own training API: clipping by global norm, then one node
 * that moves all trained tensors. Inputs and their order are the API's, not ours.
 */
public final class OptimizerModel {

  private static final String RATE = "learning_rate";
  private static final String STEP = "step";
  private static final String WEIGHTS = "params";
  private static final String GRADIENTS = "gradients";
  private static final String FIRST = "first_order_moments";
  private static final String SECOND = "second_order_moments";
  private static final Value UPDATED = new Value("updated", ElementType.BOOL, Shape.of(1));

  private OptimizerModel() {}

  /**
   * @throws UserMistake if ONNX Runtime has no such optimizer
   */
  public static OnnxModel of(OptimizerConfig config) {
    requireSupported(config);
    boolean plain = config.algorithm().equals(Algorithm.SGD);
    ProtoGraph graph = new ProtoGraph();
    declareInputs(graph, plain ? List.of(FIRST) : List.of(FIRST, SECOND));
    String gradients = clipped(graph, config);
    if (plain) {
      node(graph, "SGDOptimizerV2", List.of(RATE, WEIGHTS, gradients), Attributes.NONE);
    } else {
      List<String> inputs = List.of(RATE, STEP, WEIGHTS, gradients, FIRST, SECOND);
      node(graph, "AdamWOptimizer", inputs, adam(config));
    }
    graph.proto().addOutput(OnnxWriter.info(UPDATED.name(), UPDATED));
    TensorSpec output = new TensorSpec(UPDATED.name(), UPDATED.type(), UPDATED.shape());
    return new OnnxModel(OnnxWriter.bytes(graph, Map.of()), List.of(), List.of(output));
  }

  private static void requireSupported(OptimizerConfig config) {
    List<String> missing = new ArrayList<>();
    if (config.algorithm().equals(Algorithm.LARS)) {
      missing.add("LARS");
    }
    if (config.algorithm().equals(Algorithm.SGD) && config.momentum() != 0) {
      missing.add("SGD with momentum");
    }
    if (!config.algorithm().equals(Algorithm.ADAMW) && config.weightDecay(1).isPresent()) {
      missing.add("weight decay as part of the gradient");
    }
    if (config.layerDecay() != 1) {
      missing.add("learning rates by layer (layerDecay)");
    }
    if (config.clipEach() && config.clipNorm() > 0) {
      missing.add("clipping tensor by tensor (clipEach)");
    }
    if (!missing.isEmpty()) {
      throw new UserMistake(
          "ONNX Runtime's own optimizers know no %s. Choose another one for the artifacts: optimizer.algorithm adamw, or sgd for plain gradient descent."
              .formatted(String.join(" and no ", missing)));
    }
  }

  private static void declareInputs(ProtoGraph graph, List<String> moments) {
    OnnxWriter.addInput(graph, new Value(RATE, ElementType.FLOAT, Shape.of(1)));
    OnnxWriter.addInput(graph, new Value(STEP, ElementType.INT64, Shape.of(1)));
    List<String> lists = new ArrayList<>(List.of(WEIGHTS, GRADIENTS));
    lists.addAll(moments);
    lists.forEach(name -> graph.proto().addInput(tensors(name)));
  }

  private static String clipped(ProtoGraph graph, OptimizerConfig config) {
    if (config.clipNorm() == 0) {
      return GRADIENTS;
    }
    Attributes limit = Attributes.of("max_norm", config.clipNorm()).with("norm_type", "fro");
    String clipped = "clipped_gradients";
    graph.node(
        Opset.RUNTIME_DOMAIN, "InplaceClipGradNorm", List.of(GRADIENTS), List.of(clipped), limit);
    return clipped;
  }

  /** PyTorch's AdamW: decay before the update, corrected moments. */
  private static Attributes adam(OptimizerConfig config) {
    return Attributes.of("alpha", config.beta1())
        .with("beta", config.beta2())
        .with("epsilon", config.epsilon())
        .with("weight_decay", config.weightDecay())
        .with("adam_mode", 0)
        .with("correct_bias", 1);
  }

  private static void node(
      ProtoGraph graph, String op, List<String> inputs, Attributes attributes) {
    graph.node(Opset.RUNTIME_DOMAIN, op, inputs, List.of(UPDATED.name()), attributes);
  }

  /** A list of float tensors of any shapes. */
  private static ValueInfoProto tensors(String name) {
    TypeProto element =
        TypeProto.newBuilder()
            .setTensorType(TypeProto.Tensor.newBuilder().setElemType(ElementType.FLOAT.onnxCode()))
            .build();
    TypeProto.Sequence sequence = TypeProto.Sequence.newBuilder().setElemType(element).build();
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setSequenceType(sequence))
        .build();
  }
}
