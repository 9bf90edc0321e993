package io.github.nolabel.methods.multimodal.albef;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.Fusion;
import io.github.nolabel.methods.multimodal.tower.TwoTowers;
import io.github.nolabel.objective.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * Judges pairs after training, in two parts: {@code tokens} from images to image tokens, float[N,
 * T, W], and {@code match} from those and a text to the logits of no and yes, float[N, 2].
 */
record MatchCut(TwoTowers towers, Fusion fusion) {

  private static final String IMAGE_TOKENS = "image_tokens";

  List<Cut> cuts() {
    List<TensorSpec> inputs = new ArrayList<>();
    inputs.add(TensorSpec.floats(IMAGE_TOKENS, tokenShape(towers.backbone())));
    inputs.addAll(towers.readTexts());
    return List.of(
        new Cut("tokens", TwoTowers.IMAGE, List.of(), this::tokens),
        new Cut("match", TwoTowers.TEXT, inputs, this::match));
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
    TextEncoder.Attached text = towers.text().attach(scope);
    Fusion.Attached fused = fusion.attach(AlbefNetworks.fusion(scope));
    TensorFunction judge =
        PairMatching.judge(towers.text().featureWidth()).attach(PairMatching.scope(scope));
    return in -> {
      Value mask = of(in, TrainingProgram.ATTENTION_MASK);
      Value words = text.apply(of(in, TrainingProgram.INPUT_IDS), mask);
      Value pair = fused.apply(words, mask, of(in, IMAGE_TOKENS));
      return Map.of(TrainingProgram.FEATURES, judge.apply(Fusion.first(scope.ops()).apply(pair)));
    };
  }

  private static Value of(Map<String, Value> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
