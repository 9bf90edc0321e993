package io.github.nolabel.runtime.kernels.formula;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.NodeProto;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.runtime.OnnxText;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** States w and t with a gradient g, written after those who read their old values. */
class FormulaWritesTest {

  @Test
  void theFormulaReadsTheStateThatItReplacesAndWaitsForNobodyIfTheWriteDid() {
    List<NodeProto> nodes = rewritten(weight(start(), "always"));
    assertThat(types(nodes)).containsExactly("Formula");
    assertThat(nodes.get(0).getInputList()).startsWith("always", "w").contains("g", "rate");
    assertThat(nodes.get(0).getOutputList()).containsExactly("w_written");
  }

  @Test
  void itWaitsForAReaderOfTheOldValue() {
    OnnxText text = start().node("old = Relu(w)").microsoft("gate = Group(old)");
    List<NodeProto> nodes = rewritten(weight(text, "gate"));
    assertThat(types(nodes)).containsExactly("Relu", "Group", "Formula");
    assertThat(nodes.get(1).getInputList()).containsExactly("old");
    assertThat(nodes.get(2).getInput(0)).isEqualTo(nodes.get(1).getOutput(0));
  }

  @Test
  void oneFormulaWaitsForAnotherThatReadsTheOldValue() {
    OnnxText text = teacher(start(100, 50), "w").microsoft("gate = Group(t_written)");
    List<NodeProto> nodes = rewritten(weight(text, "gate"));
    assertThat(types(nodes)).containsExactly("Formula", "Group", "Formula");
    assertThat(nodes.get(0).getOutputList()).containsExactly("t_written");
    assertThat(nodes.get(1).getInputList()).containsExactly("t_written");
  }

  @Test
  void aSmallOneThatReadsTheOldValueSharesItsFormula() {
    OnnxText text = teacher(start(), "w").microsoft("gate = Group(t_written)");
    List<NodeProto> nodes = rewritten(weight(text, "gate"));
    assertThat(types(nodes)).containsExactly("Formula");
    assertThat(nodes.get(0).getOutputList()).containsExactlyInAnyOrder("t_written", "w_written");
  }

  @Test
  void aFormulaDoesNotWaitForItself() {
    OnnxText text = start().node("moved = Mul(g, rate)").node("w_new = Sub(w, moved)");
    teacher(text, "w_new").microsoft("gate = Group(t_written)");
    List<NodeProto> nodes =
        rewritten(text.microsoft("w_written = InPlaceAccumulatorV2(w, w_new, gate)"));
    assertThat(types(nodes)).containsExactly("Formula");
    assertThat(nodes.get(0).getInput(0)).isEqualTo("always");
    assertThat(nodes.get(0).getOutputList()).containsExactlyInAnyOrder("w_written", "t_written");
  }

  @Test
  void whoIsWaitedForAndWaitsItselfKeepsTheOperators() {
    OnnxText text = start().node("moved = Mul(g, rate)").node("w_new = Sub(w, moved)");
    teacher(text, "w_new")
        .microsoft("between = Group(t_written)")
        .node("u_new = Relu(u)")
        .microsoft("u_written = InPlaceAccumulatorV2(u, u_new, between)")
        .microsoft("gate = Group(u_written)")
        .microsoft("w_written = InPlaceAccumulatorV2(w, w_new, gate)");
    assertUnchanged(text);
  }

  @Test
  void whatMayNotBeWrittenInAnyCaseKeepsTheOperators() {
    assertUnchanged(weight(start(), "maybe"));
    assertUnchanged(weight(start(), "never"));
  }

  @Test
  void whatIsWrittenTwiceKeepsTheOperators() {
    assertUnchanged(
        weight(start(), "always").microsoft("u_written = InPlaceAccumulatorV2(u, w_new, always)"));
  }

  @Test
  void aWriteThatIsReadKeepsTheOperators() {
    assertUnchanged(weight(start(), "always").node("said = Not(w_written)"));
  }

  private static OnnxText start() {
    return start(2, 3);
  }

  private static OnnxText start(long rows, long columns) {
    return new OnnxText()
        .inputs(
            Stream.of("w", "t", "u", "g")
                .map(name -> TensorSpec.floats(name, Shape.of(rows, columns)))
                .toList())
        .inputs(
            List.of(
                TensorSpec.floats("rate", Shape.of()),
                new TensorSpec("maybe", ElementType.BOOL, Shape.of(1))))
        .constant("always", true)
        .constant("never", false);
  }

  private static OnnxText weight(OnnxText text, String gate) {
    return text.node("moved = Mul(g, rate)")
        .node("w_new = Sub(w, moved)")
        .microsoft("w_written = InPlaceAccumulatorV2(w, w_new, %s)".formatted(gate));
  }

  private static OnnxText teacher(OnnxText text, String weight) {
    return text.node("kept = Mul(t, rate)")
        .node("t_new = Add(kept, %s)".formatted(weight))
        .microsoft("t_written = InPlaceAccumulatorV2(t, t_new, always)");
  }

  private static void assertUnchanged(OnnxText text) {
    byte[] model = text.bytes();
    assertThat(FormulaModel.rewritten(model)).isSameAs(model);
  }

  private static List<NodeProto> rewritten(OnnxText text) {
    return OnnxText.graph(FormulaModel.rewritten(text.bytes())).getNodeList();
  }

  private static List<String> types(List<NodeProto> nodes) {
    return nodes.stream().map(NodeProto::getOpType).toList();
  }
}
