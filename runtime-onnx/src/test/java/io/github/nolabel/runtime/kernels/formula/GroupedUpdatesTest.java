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
import io.github.nolabel.runtime.memory.OrtLibrary;
import io.github.nolabel.runtime.session.TrainingSessionExecutor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Gradient descent with momentum towards targets, of two weights of equal extents and others. */
class GroupedUpdatesTest {

  private static final List<TensorSpec> INPUTS =
      List.of(
          TensorSpec.floats("x", Shape.batched(2)),
          TensorSpec.floats(TrainingProgram.LEARNING_RATE, Shape.of()));
  private static final List<TensorSpec> LOSS =
      List.of(TensorSpec.floats(TrainingProgram.LOSS, Shape.of()));

  private final Map<String, long[]> weights = new LinkedHashMap<>();

  @Test
  void equalWeightsAreMovedTogether() {
    weights.put("a", new long[] {3, 4});
    weights.put("b", new long[] {3, 4});
    weights.put("c", new long[] {5});
    assertThat(types(GroupedUpdates.rewritten(model())))
        .containsSubsequence("Concat", "Concat", "Concat", "Sub", "Split", "Split")
        .contains("InPlaceAccumulatorV2");
    assertThat(count("Sqrt", model())).isEqualTo(3);
    assertThat(count("Sqrt", GroupedUpdates.rewritten(model()))).isEqualTo(2);
  }

  @Test
  void theStateIsTheSameToTheLastBit() {
    weights.put("a", new long[] {3, 4});
    weights.put("c", new long[] {5});
    weights.put("b", new long[] {3, 4});
    weights.put("d", new long[] {5});
    weights.put("e", new long[] {3, 4});
    weights.put("f", new long[] {7});
    Map<String, Tensor> expected = run(model());
    Map<String, Tensor> actual = run(GroupedUpdates.rewritten(model()));
    for (StateTensor state : state()) {
      Tensor tensor = named(expected, state.name());
      if (!state.name().startsWith("target")) {
        assertThat(tensor.sameBits(state.initial())).as(state.name() + " has moved").isFalse();
      }
      assertThat(named(actual, state.name()).sameBits(tensor)).as(state.name()).isTrue();
    }
  }

  @Test
  void whereNoTwoAreAlikeTheModelStaysAsItIs() {
    weights.put("a", new long[] {3, 4});
    weights.put("c", new long[] {5});
    weights.put("number", new long[] {});
    weights.put("other", new long[] {});
    byte[] model = model();
    assertThat(GroupedUpdates.rewritten(model)).isSameAs(model);
  }

  @Test
  void whatIsSpreadOverAWeightKeepsItToItself() {
    weights.put("a", new long[] {3, 4});
    weights.put("b", new long[] {3, 4});
    OnnxText text = start();
    for (String weight : weights.keySet()) {
      text.node("row_%s = ReduceMean(%s, rows)".formatted(weight, weight), attribute("keepdims", 1))
          .node("next_%s = Sub(%s, row_%s)".formatted(weight, weight, weight))
          .microsoft(
              "w_%s = InPlaceAccumulatorV2(%s, next_%s, done)".formatted(weight, weight, weight));
    }
    byte[] model = text.outputs(LOSS).bytes();
    assertThat(GroupedUpdates.rewritten(model)).isSameAs(model);
  }

  private OnnxText start() {
    return new OnnxText()
        .inputs(INPUTS)
        .inputs(state().stream().map(s -> TensorSpec.floats(s.name(), s.shape())).toList())
        .inputs(List.of(new TensorSpec(TrainingProgram.RESET, ElementType.BOOL, Shape.of(1))))
        .constant("kept", 0.9)
        .constants("rows", 0)
        .node("loss = ReduceMean(x)", attribute("keepdims", 0))
        .microsoft("done = Group(loss)");
  }

  private byte[] model() {
    OnnxText text = start();
    for (String weight : weights.keySet()) {
      text.node(of("away_# = Sub(#, target_#)", weight))
          .node(of("square_# = Mul(away_#, away_#)", weight))
          .node(of("size_# = Sqrt(square_#)", weight))
          .node(of("kept_# = Mul(moment_#, kept)", weight))
          .node(of("next_moment_# = Add(kept_#, size_#)", weight))
          .microsoft(of("wm_# = InPlaceAccumulatorV2(moment_#, next_moment_#, done)", weight))
          .node(of("move_# = Mul(next_moment_#, learning_rate)", weight))
          .node(of("next_# = Sub(#, move_#)", weight))
          .microsoft(of("w_# = InPlaceAccumulatorV2(#, next_#, done)", weight));
    }
    return text.outputs(LOSS).bytes();
  }

  private static String of(String node, String weight) {
    return node.replace("#", weight);
  }

  private List<StateTensor> state() {
    List<StateTensor> state = new ArrayList<>();
    weights.forEach(
        (name, extents) -> {
          state.add(
              new StateTensor(name, true, Sharing.AVERAGED, random(name.hashCode(), extents)));
          state.add(
              new StateTensor(
                  "moment_" + name,
                  false,
                  Sharing.AVERAGED,
                  Tensor.zeros(ElementType.FLOAT, extents)));
          state.add(
              new StateTensor(
                  "target_" + name, false, Sharing.AVERAGED, random(-name.hashCode(), extents)));
        });
    return state;
  }

  private Map<String, Tensor> run(byte[] training) {
    TrainingProgram program =
        new TrainingProgram(new OnnxModel(training, INPUTS, LOSS), evaluation(), state());
    try (TrainingSessionExecutor session =
        new TrainingSessionExecutor(
            OrtLibrary.load(),
            program,
            new StateFile(StateSource.initial(state())).whole(),
            new DeviceChoice(false, 1),
            KernelChoice.NONE)) {
      for (int step = 0; step < 3; step++) {
        session.step(
            new Batch(4, Map.of("x", random(step, 4, 2))),
            Map.of(TrainingProgram.LEARNING_RATE, 0.05));
      }
      return session.state();
    }
  }

  private OnnxModel evaluation() {
    List<TensorSpec> inputs = List.of(TensorSpec.floats("x", Shape.batched(2)));
    List<TensorSpec> outputs = List.of(TensorSpec.floats("y", Shape.batched(2)));
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

  private static long count(String type, byte[] model) {
    return types(model).stream().filter(type::equals).count();
  }

  private static List<String> types(byte[] model) {
    return OnnxText.graph(model).getNodeList().stream().map(NodeProto::getOpType).toList();
  }
}
