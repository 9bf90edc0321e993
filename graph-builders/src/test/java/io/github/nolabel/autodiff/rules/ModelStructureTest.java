package io.github.nolabel.autodiff.rules;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import com.google.protobuf.InvalidProtocolBufferException;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.onnx.OnnxWriter;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the ONNX checker would complain about, for every operator. */
class ModelStructureTest {

  static Stream<GradientCase> inferenceCases() {
    return Stream.of(GradientCases.all(), ForwardCases.all())
        .flatMap(List::stream)
        .filter(row -> !row.op().equals("BatchNormInternal"));
  }

  private static ModelProto written(Graph graph) throws InvalidProtocolBufferException {
    return ModelProto.parseFrom(OnnxWriter.inference(graph, Map.of(), new TreeMap<>()).bytes());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("inferenceCases")
  void inferenceModelsUseTheStandardAlone(GradientCase row) throws InvalidProtocolBufferException {
    ModelProto model = written(Trial.forward(row).graph());
    assertThat(model.getOpsetImportList().stream().map(OperatorSetIdProto::getDomain))
        .containsExactly("");
    assertThat(model.getOpsetImport(0).getVersion()).isEqualTo(20);
    assertThat(model.getGraph().getNodeList()).allMatch(node -> node.getDomain().isEmpty());
    requireOrder(model.getGraph());
  }

  @Test
  void trainingModelsImportTheRuntimesOperators() throws InvalidProtocolBufferException {
    GradientCase gelu =
        GradientCase.of("Gelu", "trained", (g, x) -> g.gelu(x.get(0)), Operand.in(2));
    ModelProto model = written(Trial.backward(gelu).graph());
    assertThat(model.getOpsetImportList().stream().map(OperatorSetIdProto::getDomain))
        .containsExactly("", "com.microsoft");
    requireOrder(model.getGraph());
  }

  @Test
  void backwardGraphsAreInOrderToo() throws InvalidProtocolBufferException {
    for (GradientCase row : GradientCases.all()) {
      requireOrder(written(Trial.backward(row).graph()).getGraph());
    }
  }

  /** Every name is defined once and before it is used, every node has a name of its own. */
  private static void requireOrder(GraphProto graph) {
    Set<String> known = new HashSet<>();
    graph.getInputList().forEach(input -> assertThat(known.add(input.getName())).isTrue());
    graph.getInitializerList().forEach(c -> assertThat(known.add(c.getName())).isTrue());
    Set<String> nodes = new HashSet<>();
    for (NodeProto node : graph.getNodeList()) {
      assertThat(nodes.add(node.getName())).as(node.getName()).isTrue();
      assertThat(known).containsAll(node.getInputList());
      node.getOutputList().stream()
          .filter(output -> !output.isEmpty())
          .forEach(output -> assertThat(known.add(output)).as(output).isTrue());
    }
    graph.getOutputList().forEach(output -> assertThat(known).contains(output.getName()));
  }
}
