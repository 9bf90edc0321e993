package io.github.nolabel.runtime;

import static io.github.nolabel.runtime.OnnxText.attribute;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A convolution, ReLU, global mean and a dense layer, regressed onto one number by SGD with
 * momentum; large enough for the kernels to use several threads.
 */
final class ConvProgram {

  static final int SIZE = 16;
  private static final int CHANNELS = 8;

  private ConvProgram() {}

  static TrainingProgram program(int batchSize) {
    return new TrainingProgram(training(batchSize), evaluation(), state());
  }

  private static List<StateTensor> state() {
    return List.of(
        new StateTensor("conv", true, Sharing.AVERAGED, random(1, CHANNELS, 3, 3, 3)),
        new StateTensor("dense", true, Sharing.AVERAGED, random(2, CHANNELS, 1)),
        new StateTensor("gain", false, Sharing.AVERAGED, random(4, CHANNELS)),
        new StateTensor("bias", false, Sharing.AVERAGED, random(5, CHANNELS)),
        new StateTensor("mean", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, CHANNELS)),
        new StateTensor(
            "variance", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, CHANNELS)),
        new StateTensor(
            "conv/m", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, CHANNELS, 3, 3, 3)),
        new StateTensor(
            "dense/m", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, CHANNELS, 1)));
  }

  private static OnnxModel training(int batchSize) {
    List<TensorSpec> inputs =
        List.of(
            TensorSpec.floats("x", Shape.batched(3, SIZE, SIZE)),
            TensorSpec.floats("y", Shape.batched(1)),
            TensorSpec.floats(TrainingProgram.LEARNING_RATE, Shape.of()));
    List<TensorSpec> outputs = List.of(TensorSpec.floats(TrainingProgram.LOSS, Shape.of()));
    OnnxText text = new OnnxText().inputs(inputs).inputs(stateInputs());
    text.inputs(List.of(new TensorSpec(TrainingProgram.RESET, ElementType.BOOL, Shape.of(1))));
    forward(
            text.node("hidden = Conv(x, conv)", kernel())
                .microsoft(
                    "normal, new_mean, new_variance, own_mean, inverse = BatchNormInternal(hidden,"
                        + " gain, bias, mean, variance)",
                    attribute("epsilon", 1e-5f),
                    attribute("momentum", 0.9f)))
        .node("error = Sub(features, y)")
        .node("squares = Mul(error, error)")
        .node("loss = ReduceMean(squares)", attribute("keepdims", 0))
        .constant("two_over_n", 2.0 / batchSize)
        .node("d_features = Mul(error, two_over_n)")
        .node("d_dense = Gemm(pooled, d_features)", attribute("transA", 1L))
        .node("d_pooled = Gemm(d_features, dense)", attribute("transB", 1L))
        .constant("per_pixel", 1.0 / (SIZE * SIZE))
        .node("d_mean = Mul(d_pooled, per_pixel)")
        .node("shape = Shape(relu)")
        .constants("axes", 2, 3)
        .node("d_square = Unsqueeze(d_mean, axes)")
        .node("d_relu = Expand(d_square, shape)")
        .microsoft("d_normal = ReluGrad(d_relu, relu)")
        .microsoft(
            "d_hidden, d_gain, d_bias = BatchNormalizationGrad(d_normal, hidden, gain, own_mean,"
                + " inverse)",
            attribute("epsilon", 1e-5f))
        .microsoft("d_x, d_conv = ConvGrad(d_hidden, x, conv)", kernel())
        .microsoft("done = Group(d_conv, d_dense, d_x)")
        .constant("momentum", 0.9);
    update(text, "conv");
    update(text, "dense");
    return new OnnxModel(text.outputs(outputs).bytes(), inputs, outputs);
  }

  private static void update(OnnxText text, String name) {
    text.node("%s_kept = Mul(%s/m, momentum)".formatted(name, name))
        .node("%s_m = Add(%s_kept, d_%s)".formatted(name, name, name))
        .node("%s_move = Mul(%s_m, learning_rate)".formatted(name, name))
        .node("%s_new = Sub(%s, %s_move)".formatted(name, name, name))
        .microsoft(
            "%s_m_written = InPlaceAccumulatorV2(%s/m, %s_m, done)".formatted(name, name, name))
        .microsoft(
            "%s_written = InPlaceAccumulatorV2(%s, %s_new, done)".formatted(name, name, name));
  }

  private static OnnxModel evaluation() {
    List<TensorSpec> inputs =
        List.of(TensorSpec.floats(TrainingProgram.IMAGES, Shape.batched(3, SIZE, SIZE)));
    List<TensorSpec> outputs =
        List.of(TensorSpec.floats(TrainingProgram.FEATURES, Shape.batched(1)));
    OnnxText text = new OnnxText().inputs(inputs).inputs(stateInputs());
    return new OnnxModel(
        forward(
                text.node("hidden = Conv(%s, conv)".formatted(TrainingProgram.IMAGES), kernel())
                    .node("normal = BatchNormalization(hidden, gain, bias, mean, variance)"))
            .outputs(outputs)
            .bytes(),
        inputs,
        outputs);
  }

  private static OnnxText forward(OnnxText text) {
    return text.node("relu = Relu(normal)")
        .node("means = GlobalAveragePool(relu)")
        .node("pooled = Flatten(means)")
        .node("features = MatMul(pooled, dense)");
  }

  private static ai.onnx.proto.OnnxMl.AttributeProto[] kernel() {
    return new ai.onnx.proto.OnnxMl.AttributeProto[] {
      attribute("kernel_shape", List.of(3L, 3L)), attribute("pads", List.of(1L, 1L, 1L, 1L))
    };
  }

  private static List<TensorSpec> stateInputs() {
    return state().stream().map(s -> s.spec()).toList();
  }

  static Tensor random(long seed, long... extents) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor tensor = Tensor.zeros(ElementType.FLOAT, extents);
    for (int i = 0; i < tensor.elements(); i++) {
      tensor.floats().put(i, (float) (random.nextDouble() - 0.5));
    }
    return tensor;
  }
}
