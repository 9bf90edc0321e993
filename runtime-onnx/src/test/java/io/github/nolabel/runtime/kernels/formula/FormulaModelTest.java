package io.github.nolabel.runtime.kernels.formula;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static io.github.nolabel.runtime.ToyProgram.named;
import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.DeviceConfig.ImageGradient;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.checkpoint.StateFile;
import io.github.nolabel.runtime.checkpoint.StateSource;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.kernels.KernelChoice.Maps;
import io.github.nolabel.runtime.kernels.SessionKernels;
import io.github.nolabel.runtime.kernels.convolution.ConvolutionKernel;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.TrainingSessionExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Adam and a teacher that follows, of a weight large enough for several threads. */
class FormulaModelTest {

  private static final long ROWS = 300;
  private static final long COLUMNS = 501;
  private static final KernelChoice FORMULAS =
      new KernelChoice(
          List.of(ConvolutionKernel.OPERATOR), List.of(), Arithmetic.FP32, Maps.NEVER, false);

  @Test
  void whatIsReadByNobodyElseBecomesOneOperatorWithTheWrites() {
    List<String> types = types(FormulaModel.rewritten(adam().bytes()));
    assertThat(types).containsExactly("ReduceMean", "ReduceL2", "ReduceMean", "Group", "Formula");
  }

  @Test
  void theStateIsTheSameToTheLastBit() {
    List<Map<String, Double>> expectedNumbers = new ArrayList<>();
    List<Map<String, Double>> numbers = new ArrayList<>();
    Map<String, Tensor> expected = run(KernelChoice.NONE, expectedNumbers);
    Map<String, Tensor> actual = run(FORMULAS, numbers);
    assertThat(numbers).as("with the length of the old weight").isEqualTo(expectedNumbers);
    for (StateTensor state : state()) {
      Tensor tensor = named(expected, state.name());
      assertThat(tensor.sameBits(state.initial())).as(state.name() + " has moved").isFalse();
      assertThat(named(actual, state.name()).sameBits(tensor)).as(state.name()).isTrue();
    }
  }

  @Test
  void choicesBetweenOldAndNewValuesBelongToTheFormula() {
    List<String> types = types(FormulaModel.rewritten(choosingAdam().bytes()));
    assertThat(types)
        .containsExactly("Cast", "ReduceMean", "ReduceL2", "ReduceMean", "Group", "Formula");
  }

  @Test
  void atStepsThatEndNoUpdateTheStateStays() {
    Map<String, Tensor> expected = run(choosingAdam(), KernelChoice.NONE, List.of(0.0, 1.0, 0.0));
    Map<String, Tensor> actual = run(choosingAdam(), FORMULAS, List.of(0.0, 1.0, 0.0));
    Map<String, Tensor> unmoved = run(choosingAdam(), FORMULAS, List.of(0.0, 0.0));
    for (StateTensor state : state()) {
      Tensor tensor = named(expected, state.name());
      assertThat(tensor.sameBits(state.initial())).as(state.name() + " has moved").isFalse();
      assertThat(named(actual, state.name()).sameBits(tensor)).as(state.name()).isTrue();
      assertThat(named(unmoved, state.name()).sameBits(state.initial())).isTrue();
    }
  }

  @Test
  void whatOthersReadStaysAnOperator() {
    OnnxText text = start().node("norm = ReduceL2(m_kept)", attribute("keepdims", 0));
    List<String> types = types(FormulaModel.rewritten(text.outputs(outputs()).bytes()));
    assertThat(types).contains("ReduceL2", "Formula").containsOnlyOnce("Mul");
  }

  @Test
  void withoutKernelsTheModelStaysAsItIs() {
    byte[] model = adam().bytes();
    try (SessionKernels none = SessionKernels.open(OrtLibrary.load(), KernelChoice.NONE, 1)) {
      assertThat(none.training(model, ImageGradient.TOGETHER, false)).isSameAs(model);
    }
  }

  @Test
  void whatIsNoFloatStaysAsItIs() {
    byte[] model =
        new OnnxText()
            .inputs(
                List.of(
                    new TensorSpec("count", ElementType.INT64, Shape.of(2, 3)),
                    new TensorSpec("more", ElementType.INT64, Shape.of(2, 3)),
                    new TensorSpec("flag", ElementType.BOOL, Shape.of(1))))
            .node("sum = Add(count, more)")
            .node("next = Mul(sum, more)")
            .microsoft("written = InPlaceAccumulatorV2(count, next, flag)")
            .bytes();
    assertThat(FormulaModel.rewritten(model)).isSameAs(model);
  }

  private static OnnxModel adam() {
    return new OnnxModel(start().outputs(outputs()).bytes(), inputs(), outputs());
  }

  /** Which takes the new values at the steps that end an update. */
  private static OnnxModel choosingAdam() {
    List<TensorSpec> inputs = new ArrayList<>(inputs());
    inputs.add(new TensorSpec(TrainingProgram.APPLY, ElementType.BOOL, Shape.of()));
    OnnxText text = gradient(inputs);
    for (String state : List.of("m", "v", "w", "t")) {
      text = text.node("%s_next = Where(apply, %s_new, %s)".replace("%s", state));
    }
    OnnxText written = text;
    for (String state : List.of("m", "v", "w", "t")) {
      written =
          written.microsoft(
              "%s_written = InPlaceAccumulatorV2(%s, %s_next, done)".replace("%s", state));
    }
    return new OnnxModel(written.outputs(outputs()).bytes(), inputs, outputs());
  }

  private static List<TensorSpec> inputs() {
    return List.of(
        TensorSpec.floats("x", Shape.batched(COLUMNS)),
        TensorSpec.floats(TrainingProgram.LEARNING_RATE, Shape.of()));
  }

  private static List<TensorSpec> outputs() {
    return List.of(
        TensorSpec.floats(TrainingProgram.LOSS, Shape.of()),
        TensorSpec.floats("length", Shape.of()));
  }

  private static OnnxText start() {
    OnnxText text = gradient(inputs());
    for (String state : List.of("m", "v", "w", "t")) {
      text =
          text.microsoft(
              "%s_written = InPlaceAccumulatorV2(%s, %s_new, done)".replace("%s", state));
    }
    return text;
  }

  /** Of half the squared distance from the mean of the rows, and the new values. */
  private static OnnxText gradient(List<TensorSpec> inputs) {
    return new OnnxText()
        .inputs(inputs)
        .inputs(state().stream().map(s -> TensorSpec.floats(s.name(), s.shape())).toList())
        .inputs(List.of(new TensorSpec(TrainingProgram.RESET, ElementType.BOOL, Shape.of(1))))
        .constant("kept", 0.9)
        .constant("taken", 0.1)
        .constant("epsilon", 1e-8)
        .node("loss = ReduceMean(x)", attribute("keepdims", 0))
        .node("length = ReduceL2(w)", attribute("keepdims", 0))
        .constants("rows", 0)
        .node("mean = ReduceMean(x, rows)")
        .microsoft("done = Group(loss, length)")
        .node("g = Sub(w, mean)")
        .node("m_kept = Mul(m, kept)")
        .node("m_taken = Mul(g, taken)")
        .node("m_new = Add(m_kept, m_taken)")
        .node("gg = Mul(g, g)")
        .node("v_kept = Mul(v, kept)")
        .node("v_taken = Mul(gg, taken)")
        .node("v_new = Add(v_kept, v_taken)")
        .node("root = Sqrt(v_new)")
        .node("spread = Add(root, epsilon)")
        .node("direction = Div(m_new, spread)")
        .node("move = Mul(direction, learning_rate)")
        .node("w_new = Sub(w, move)")
        .node("t_kept = Mul(t, kept)")
        .node("t_taken = Mul(w_new, taken)")
        .node("t_new = Add(t_kept, t_taken)");
  }

  private static List<StateTensor> state() {
    return List.of(
        new StateTensor("w", true, Sharing.AVERAGED, random(1, ROWS, COLUMNS)),
        new StateTensor(
            "m", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, ROWS, COLUMNS)),
        new StateTensor(
            "v", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, ROWS, COLUMNS)),
        new StateTensor("t", false, Sharing.AVERAGED, random(2, ROWS, COLUMNS)));
  }

  private static Map<String, Tensor> run(KernelChoice kernels, List<Map<String, Double>> numbers) {
    try (TrainingSessionExecutor session = session(adam(), kernels)) {
      for (int step = 0; step < 3; step++) {
        numbers.add(session.step(batch(step), Map.of(TrainingProgram.LEARNING_RATE, 0.05)));
      }
      return session.state();
    }
  }

  /**
   * @param applied of each step
   */
  private static Map<String, Tensor> run(
      OnnxModel model, KernelChoice kernels, List<Double> applied) {
    try (TrainingSessionExecutor session = session(model, kernels)) {
      for (int step = 0; step < applied.size(); step++) {
        session.step(
            batch(step),
            Map.of(TrainingProgram.LEARNING_RATE, 0.05, TrainingProgram.APPLY, applied.get(step)));
      }
      return session.state();
    }
  }

  private static Batch batch(int step) {
    return new Batch(4, Map.of("x", random(10 + step, 4, COLUMNS)));
  }

  private static TrainingSessionExecutor session(OnnxModel model, KernelChoice kernels) {
    return new TrainingSessionExecutor(
        OrtLibrary.load(),
        new TrainingProgram(model, evaluation(), state()),
        new StateFile(StateSource.initial(state())).whole(),
        new DeviceChoice(false, 2),
        kernels);
  }

  private static OnnxModel evaluation() {
    List<TensorSpec> inputs = List.of(TensorSpec.floats("x", Shape.batched(COLUMNS)));
    List<TensorSpec> outputs = List.of(TensorSpec.floats("y", Shape.batched(COLUMNS)));
    OnnxText text =
        new OnnxText()
            .inputs(inputs)
            .inputs(state().stream().map(s -> TensorSpec.floats(s.name(), s.shape())).toList())
            .node("y = Relu(x)");
    return new OnnxModel(text.outputs(outputs).bytes(), inputs, outputs);
  }

  private static Tensor random(long seed, long... extents) {
    SplittableRandom random = new SplittableRandom(seed);
    Tensor tensor = Tensor.zeros(ElementType.FLOAT, extents);
    for (int i = 0; i < tensor.elements(); i++) {
      tensor.floats().put(i, (float) (random.nextDouble() - 0.5));
    }
    return tensor;
  }

  private static List<String> types(byte[] model) {
    return OnnxText.graph(model).getNodeList().stream().map(NodeProto::getOpType).toList();
  }
}
