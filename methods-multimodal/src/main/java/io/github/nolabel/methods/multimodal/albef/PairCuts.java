package io.github.nolabel.methods.multimodal.albef;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.Caption;
import io.github.nolabel.methods.multimodal.tower.Fusion;
import io.github.nolabel.methods.multimodal.tower.TwoTowers;
import io.github.nolabel.objective.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What is asked of pairs after training. {@code tokens} makes tokens of images, float[N, T, W];
 * from those and a text {@code match} computes the probability that they belong together, float[N,
 * 1], and {@code words} the logits of the text's words, float[N, length, V].
 */
record PairCuts(TwoTowers towers, Fusion fusion) {

  List<Cut> cuts() {
    List<TensorSpec> inputs = new ArrayList<>();
    inputs.add(TensorSpec.floats(TrainingProgram.IMAGE_TOKENS, tokenShape(towers.backbone())));
    inputs.addAll(towers.caption().read());
    return List.of(
        new Cut(BackboneExporter.TOKENS, TwoTowers.IMAGE, List.of(), this::tokens),
        new Cut(BackboneExporter.MATCH, TwoTowers.TEXT, inputs, this::match),
        new Cut(BackboneExporter.WORDS, TwoTowers.TEXT, inputs, this::words));
  }

  private static Shape tokenShape(Backbone backbone) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value images = graph.input(TrainingProgram.IMAGES, backbone.inputShape());
    return backbone.tokens().attach(graph.scope(TwoTowers.IMAGE)).apply(images).shape();
  }

  private UnaryOperator<Map<String, Value>> tokens(Scope image) {
    TensorFunction network = towers.backbone().tokens().attach(image);
    return in -> Map.of(TrainingProgram.FEATURES, network.apply(of(in, TrainingProgram.IMAGES)));
  }

  private UnaryOperator<Map<String, Value>> match(Scope scope) {
    Function<Map<String, Value>, Value> fused = fused(scope);
    Ops g = scope.ops();
    TensorFunction judge =
        PairMatching.judge(towers.text().featureWidth()).attach(PairMatching.scope(scope));
    return in -> {
      Value logits = judge.apply(Fusion.first(g).apply(fused.apply(in)));
      return Map.of(TrainingProgram.FEATURES, g.slice(g.softmax(logits, 1), 1, 1, 2));
    };
  }

  private UnaryOperator<Map<String, Value>> words(Scope scope) {
    Function<Map<String, Value>, Value> fused = fused(scope);
    TensorFunction words = AlbefNetworks.words(towers).attach(AlbefNetworks.wordScope(scope));
    return in -> Map.of(TrainingProgram.LOGITS, words.apply(fused.apply(in)));
  }

  /** From image tokens and a text to a vector of each of its tokens: float[N, L, width]. */
  private Function<Map<String, Value>, Value> fused(Scope scope) {
    TextEncoder.Attached text = towers.text().attach(scope);
    Fusion.Attached fused = fusion.attach(AlbefNetworks.fusion(scope));
    return in -> {
      Value mask = Caption.mask(in);
      Value words = text.apply(Caption.ids(in), mask);
      return fused.apply(words, mask, of(in, TrainingProgram.IMAGE_TOKENS));
    };
  }

  private static Value of(Map<String, Value> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
