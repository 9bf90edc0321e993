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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Linear regression on batch-normalised inputs with Adam and gradient accumulation, written by
 * hand. {@code loss = mean((norm(x) w - y)^2)}; the gradient is {@code 2/N norm(x)' (norm(x) w -
 * y)}.
 */
public final class ToyProgram {

  public static final int WIDTH = 4;

  private ToyProgram() {}

  /** The program for updates of {@code accumulate} batches of {@code batchSize} rows. */
  public static TrainingProgram program(int batchSize, int accumulate) {
    return new TrainingProgram(training(batchSize, accumulate), evaluation(), state());
  }

  /** The tensor of that name, which must be there. */
  public static Tensor named(Map<String, Tensor> tensors, String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  static List<StateTensor> state() {
    List<StateTensor> state = new ArrayList<>();
    state.add(
        new StateTensor(
            "w",
            true,
            Sharing.AVERAGED,
            Tensor.of(new float[] {0.1f, -0.2f, 0.3f, 0.05f}, WIDTH, 1)));
    state.add(
        new StateTensor(
            "bn/scale", false, Sharing.AVERAGED, Tensor.of(new float[] {1, 1, 1, 1}, WIDTH)));
    state.add(
        new StateTensor(
            "bn/bias", false, Sharing.AVERAGED, Tensor.of(new float[] {0, 0, 0, 0}, WIDTH)));
    state.add(
        new StateTensor(
            "bn/mean", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, WIDTH)));
    state.add(
        new StateTensor(
            "bn/var", false, Sharing.AVERAGED, Tensor.of(new float[] {1, 1, 1, 1}, WIDTH)));
    state.add(
        new StateTensor(
            "adam/m", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, WIDTH, 1)));
    state.add(
        new StateTensor(
            "adam/v", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, WIDTH, 1)));
    state.add(new StateTensor("adam/t", false, Sharing.AVERAGED, Tensor.scalar(0)));
    state.add(
        new StateTensor(
            "accumulated", false, Sharing.LOCAL, Tensor.zeros(ElementType.FLOAT, WIDTH, 1)));
    return state;
  }

  private static OnnxModel training(int batchSize, int accumulate) {
    List<TensorSpec> inputs =
        List.of(
            TensorSpec.floats("x", Shape.batched(WIDTH)),
            TensorSpec.floats("y", Shape.batched(1)),
            TensorSpec.floats(TrainingProgram.LEARNING_RATE, Shape.of()),
            new TensorSpec(TrainingProgram.APPLY, ElementType.BOOL, Shape.of()));
    List<TensorSpec> outputs =
        List.of(
            TensorSpec.floats(TrainingProgram.LOSS, Shape.of()),
            new TensorSpec(TrainingProgram.FINITE, ElementType.BOOL, Shape.of()),
            TensorSpec.floats(TrainingProgram.GRADIENT_NORM, Shape.of()));
    OnnxText text = new OnnxText().inputs(inputs).inputs(stateInputs());
    text.inputs(List.of(new TensorSpec(TrainingProgram.RESET, ElementType.BOOL, Shape.of(1))));
    forwardAndBackward(text, batchSize);
    update(text, accumulate);
    return new OnnxModel(text.outputs(outputs).bytes(), inputs, outputs);
  }

  private static void forwardAndBackward(OnnxText text, int batchSize) {
    text.microsoft(
            "xn, mean_out, var_out, saved_mean, saved_scale = BatchNormInternal(x, bn/scale,"
                + " bn/bias, bn/mean, bn/var)",
            attribute("epsilon", 1e-5f),
            attribute("momentum", 0.9f))
        .node("prediction = MatMul(xn, w)")
        .node("error = Sub(prediction, y)")
        .node("squares = Mul(error, error)")
        .node("loss = ReduceMean(squares)", attribute("keepdims", 0))
        .constant("two_over_n", 2.0 / batchSize)
        .node("xt = Transpose(xn)")
        .node("xe = MatMul(xt, error)")
        .node("g = Mul(xe, two_over_n)")
        .node("gradient_norm = ReduceL2(g)", attribute("keepdims", 0))
        .node("sum = Add(loss, gradient_norm)")
        .node("nan = IsNaN(sum)")
        .node("inf = IsInf(sum)")
        .node("bad = Or(nan, inf)")
        .node("finite = Not(bad)");
  }

  private static void update(OnnxText text, int accumulate) {
    text.constant("share", 1.0 / accumulate)
        .constant("zero", 0)
        .constant("one", 1)
        .constant("b1", 0.9)
        .constant("c1", 0.1)
        .constant("b2", 0.99)
        .constant("c2", 0.01)
        .constant("tiny", 1e-8)
        .node("gs = Mul(g, share)")
        .node("total = Add(accumulated, gs)")
        .node("t_new = Add(adam/t, one)")
        .node("m_old = Mul(adam/m, b1)")
        .node("m_in = Mul(total, c1)")
        .node("m_new = Add(m_old, m_in)")
        .node("total_squared = Mul(total, total)")
        .node("v_old = Mul(adam/v, b2)")
        .node("v_in = Mul(total_squared, c2)")
        .node("v_new = Add(v_old, v_in)")
        .node("b1t = Pow(b1, t_new)")
        .node("m_scale = Sub(one, b1t)")
        .node("m_hat = Div(m_new, m_scale)")
        .node("b2t = Pow(b2, t_new)")
        .node("v_scale = Sub(one, b2t)")
        .node("v_hat = Div(v_new, v_scale)")
        .node("root = Sqrt(v_hat)")
        .node("denominator = Add(root, tiny)")
        .node("direction = Div(m_hat, denominator)")
        .node("move = Mul(direction, learning_rate)")
        .node("w_new = Sub(w, move)")
        .node("cleared = Mul(total, zero)")
        .node("w_next = Where(apply, w_new, w)")
        .node("m_next = Where(apply, m_new, adam/m)")
        .node("v_next = Where(apply, v_new, adam/v)")
        .node("t_next = Where(apply, t_new, adam/t)")
        .node("accumulated_next = Where(apply, cleared, total)")
        .microsoft("done = Group(w_next, m_next, v_next, t_next, accumulated_next, g)");
    write(text, "w", "w_next");
    write(text, "adam/m", "m_next");
    write(text, "adam/v", "v_next");
    write(text, "adam/t", "t_next");
    write(text, "accumulated", "accumulated_next");
  }

  private static void write(OnnxText text, String state, String value) {
    text.microsoft(
        "%s_written = InPlaceAccumulatorV2(%s, %s, done)".formatted(state, state, value));
  }

  static OnnxModel evaluation() {
    List<TensorSpec> inputs =
        List.of(TensorSpec.floats(TrainingProgram.IMAGES, Shape.batched(WIDTH)));
    List<TensorSpec> outputs =
        List.of(TensorSpec.floats(TrainingProgram.FEATURES, Shape.batched(1)));
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .inputs(stateInputs())
            .node(
                "xn = BatchNormalization(images, bn/scale, bn/bias, bn/mean, bn/var)",
                attribute("epsilon", 1e-5f))
            .node("features = MatMul(xn, w)")
            .outputs(outputs);
    return new OnnxModel(text.bytes(), inputs, outputs);
  }

  private static List<TensorSpec> stateInputs() {
    return state().stream().map(s -> s.spec()).toList();
  }
}
