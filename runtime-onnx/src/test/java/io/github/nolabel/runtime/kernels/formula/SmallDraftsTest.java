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
import io.github.nolabel.runtime.kernels.convolution.ConvolutionKernel;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.TrainingSessionExecutor;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Forty vectors of 5 numbers with their velocities, and one of 3: more than an operator takes. */
class SmallDraftsTest {

  private static final int VECTORS = 40;
  private static final KernelChoice FORMULAS =
      new KernelChoice(
          List.of(ConvolutionKernel.OPERATOR), List.of(), Arithmetic.FP32, Maps.NEVER, false);
  private static final List<TensorSpec> INPUTS =
      List.of(
          TensorSpec.floats("x", Shape.batched(5)),
          TensorSpec.floats(TrainingProgram.LEARNING_RATE, Shape.of()));
  private static final List<TensorSpec> OUTPUTS =
      List.of(TensorSpec.floats(TrainingProgram.LOSS, Shape.of()));

  @Test
  void theyShareAsManyFormulasAsTheirResultsNeed() {
    byte[] model = momentum().bytes();
    assertThat(formulas(model))
        .extracting(NodeProto::getOutputCount)
        .containsExactly(32, 2, 32, 16);
    assertThat(rewritten(model)).as("and the loss").hasSize(5);
  }

  @Test
  void whereOneWaitsForTheOtherEachHasAFormulaOfItsOwn() {
    OnnxText text = start(INPUTS).constant("kept", 0.9);
    update(text, 0, "always");
    text.microsoft("written = Group(vw0, ww0)").microsoft("later = Group(written)");
    update(text, 1, "later");
    assertThat(formulas(text.bytes())).extracting(NodeProto::getOutputCount).containsExactly(2, 2);
  }

  @Test
  void theStateIsTheSameToTheLastBit() {
    Map<String, Tensor> expected = trained(KernelChoice.NONE);
    Map<String, Tensor> actual = trained(FORMULAS);
    for (StateTensor state : state()) {
      Tensor tensor = named(expected, state.name());
      assertThat(tensor.sameBits(state.initial())).as(state.name() + " has moved").isFalse();
      assertThat(named(actual, state.name()).sameBits(tensor)).as(state.name()).isTrue();
    }
  }

  private static List<NodeProto> formulas(byte[] model) {
    return rewritten(model).stream().filter(n -> n.getOpType().equals("Formula")).toList();
  }

  private static List<NodeProto> rewritten(byte[] model) {
    return OnnxText.graph(FormulaModel.rewritten(model)).getNodeList();
  }

  private static OnnxModel momentum() {
    OnnxText text =
        start(INPUTS).constant("kept", 0.9).node("loss = ReduceMean(x)", attribute("keepdims", 0));
    for (int i = 0; i <= VECTORS; i++) {
      update(text, i, "always");
    }
    return new OnnxModel(text.outputs(OUTPUTS).bytes(), INPUTS, OUTPUTS);
  }

  private static void update(OnnxText text, int number, String gate) {
    List.of(
            "k# = Mul(v#, kept)",
            "u# = Add(k#, w#)",
            "d# = Mul(u#, learning_rate)",
            "e# = Mul(d#, kept)",
            "n# = Sub(w#, e#)")
        .forEach(node -> text.node(node.replace("#", "" + number)));
    List.of("vw# = InPlaceAccumulatorV2(v#, u#, ", "ww# = InPlaceAccumulatorV2(w#, n#, ")
        .forEach(write -> text.microsoft(write.replace("#", "" + number) + gate + ")"));
  }

  private static OnnxText start(List<TensorSpec> inputs) {
    return new OnnxText()
        .inputs(inputs)
        .inputs(state().stream().map(s -> TensorSpec.floats(s.name(), s.shape())).toList())
        .inputs(List.of(new TensorSpec(TrainingProgram.RESET, ElementType.BOOL, Shape.of(1))))
        .constant("always", true);
  }

  private static List<StateTensor> state() {
    return IntStream.rangeClosed(0, VECTORS)
        .boxed()
        .flatMap(
            i ->
                List.of("w", "v").stream()
                    .map(name -> new StateTensor(name + i, true, Sharing.AVERAGED, vector(i)))
                    .toList()
                    .stream())
        .toList();
  }

  private static Tensor vector(int number) {
    Tensor tensor = Tensor.zeros(ElementType.FLOAT, number == VECTORS / 2 ? 3 : 5);
    for (int i = 0; i < tensor.elements(); i++) {
      tensor.floats().put(i, 1 + number + 0.1f * i);
    }
    return tensor;
  }

  private static Map<String, Tensor> trained(KernelChoice kernels) {
    try (TrainingSessionExecutor session = session(kernels)) {
      Batch batch = new Batch(2, Map.of("x", Tensor.zeros(ElementType.FLOAT, 2, 5)));
      session.step(batch, Map.of(TrainingProgram.LEARNING_RATE, 0.05));
      session.step(batch, Map.of(TrainingProgram.LEARNING_RATE, 0.03));
      return session.state();
    }
  }

  private static TrainingSessionExecutor session(KernelChoice kernels) {
    List<TensorSpec> outputs = List.of(TensorSpec.floats("y", Shape.batched(5)));
    byte[] evaluation = start(INPUTS.subList(0, 1)).node("y = Relu(x)").outputs(outputs).bytes();
    return new TrainingSessionExecutor(
        OrtLibrary.load(),
        new TrainingProgram(
            momentum(), new OnnxModel(evaluation, INPUTS.subList(0, 1), outputs), state()),
        new StateFile(StateSource.initial(state())).whole(),
        new DeviceChoice(false, 2),
        kernels);
  }
}
