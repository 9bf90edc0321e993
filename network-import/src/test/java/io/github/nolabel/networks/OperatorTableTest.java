package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.networks.rules.TranslationRules;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.Nd;
import io.github.nolabel.testing.OnnxDraft;
import io.github.nolabel.testing.OrtEvaluator;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What each operator of a file becomes computes what the runtime computes with the file itself. */
class OperatorTableTest {

  private static final float PRECISION = 1e-5f;

  @TempDir Path folder;

  static List<OperatorCase> cases() {
    return Stream.of(OperatorCases.all(), LayoutCases.all(), FoldCases.all())
        .flatMap(List::stream)
        .toList();
  }

  @Test
  void everyRowHasACase() {
    assertThat(ops(c -> !c.folded())).isEqualTo(TranslationRules.table().liveOps());
    assertThat(ops(OperatorCase::folded)).isEqualTo(TranslationRules.table().foldedOps());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void itComputesWhatTheFileComputes(OperatorCase tried) {
    OnnxDraft draft = tried.draft();
    Tensor images = images();
    float[] wanted = ofTheFile(draft, images);
    Backbone backbone = backbone(draft);
    assertThat(backbone.featureWidth()).isEqualTo(wanted.length / 2);
    assertThat(Exported.features(backbone, images))
        .usingComparatorWithPrecision(PRECISION)
        .containsExactly(wanted);
    assertThat(interpreted(backbone, images))
        .usingComparatorWithPrecision(PRECISION)
        .containsExactly(wanted);
  }

  private Backbone backbone(OnnxDraft draft) {
    Path file = draft.write(folder.resolve("case.onnx"));
    return Backbones.create("onnx:" + file, Map.of(), OperatorCase.IMAGE_SIZE);
  }

  private static float[] ofTheFile(OnnxDraft draft, Tensor images) {
    try (OrtEvaluator runtime = new OrtEvaluator(draft.bytes(), OptLevel.NO_OPT)) {
      return Interpreter.require(runtime.run(Map.of("images", images)), "out").toFloats();
    }
  }

  private static float[] interpreted(Backbone backbone, Tensor images) {
    Graph graph = Exported.inference(backbone);
    Map<String, Nd> fed = new LinkedHashMap<>(Map.of("images", Nd.of(images)));
    graph.parameters().forEach(p -> fed.put(p.name(), Nd.of(Initializer.draw(p, 1))));
    return Interpreter.run(graph, fed).output("features").toTensor().toFloats();
  }

  private static Tensor images() {
    Tensor images = Tensor.zeros(ElementType.FLOAT, 2, 3, 4, 4);
    for (int i = 0; i < images.elements(); i++) {
      images.floats().put(i, (float) (2.2 * Math.sin(2.3 * i + 0.4)));
    }
    return images;
  }

  private static Set<String> ops(Predicate<OperatorCase> kind) {
    return cases().stream()
        .filter(kind)
        .map(OperatorCase::op)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
