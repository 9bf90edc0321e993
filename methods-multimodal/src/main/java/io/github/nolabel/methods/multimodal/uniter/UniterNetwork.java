package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Network;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The regions' network, the stream and the heads, all under one scope, and their parts. */
record UniterNetwork(Backbone backbone, SingleStream stream) {

  /** The scope of all parameters. */
  static final String SCOPE = "uniter";

  /** The cut from an image and a text to their common feature, float[N, width]. */
  static final String FUSION = "fusion";

  /**
   * The cut from an image and a text to the probability, float[N, 1], that they belong together.
   */
  static final String MATCH = "match";

  private static final String IMAGE = "image";

  static UniterNetwork of(UniterConfig config, Backbone backbone, TextEncoder text) {
    config.requireWidth(text.featureWidth());
    return new UniterNetwork(
        backbone,
        new SingleStream(
            text.vocabulary().size(),
            text.length(),
            text.featureWidth(),
            config.depth(),
            config.heads(),
            backbone.featureWidth()));
  }

  /** The network with its parameters in place. */
  record Attached(TensorFunction regions, SingleStream.Attached stream, UniterHeads heads) {

    /** float[N, width] */
    Value pair(Ops g, Map<String, Value> in) {
      Value features = regions.apply(read(in, TrainingProgram.IMAGES));
      Value mask = read(in, TrainingProgram.ATTENTION_MASK);
      return heads.pair(g, stream.apply(read(in, TrainingProgram.INPUT_IDS), mask, features));
    }

    private static Value read(Map<String, Value> in, String name) {
      return Objects.requireNonNull(in.get(name), name);
    }
  }

  Attached attach(Scope scope) {
    return new Attached(
        new RegionGrid(backbone).attach(scope.child(IMAGE)),
        stream.attach(scope.child("stream")),
        UniterHeads.attach(
            scope.child("heads"), stream.width(), stream.vocabulary(), stream.regionWidth()));
  }

  List<Cut> cuts() {
    return List.of(
        new Cut(BackboneExporter.BACKBONE, SCOPE, scope -> backbone.attach(scope.child(IMAGE))),
        new Cut(FUSION, SCOPE, reads(), fusion()),
        new Cut(MATCH, SCOPE, reads(), match()));
  }

  private Network fusion() {
    return scope -> {
      Attached attached = attach(scope);
      return in -> features(attached.pair(scope.ops(), in));
    };
  }

  private Network match() {
    return scope -> {
      Attached attached = attach(scope);
      Ops g = scope.ops();
      return in -> features(g.sigmoid(attached.heads().match().apply(attached.pair(g, in))));
    };
  }

  private static Map<String, Value> features(Value value) {
    return Map.of(TrainingProgram.FEATURES, value);
  }

  private List<TensorSpec> reads() {
    Shape tokens = Shape.batched(stream.length());
    return List.of(
        TensorSpec.floats(TrainingProgram.IMAGES, backbone.inputShape()),
        new TensorSpec(TrainingProgram.INPUT_IDS, ElementType.INT64, tokens),
        new TensorSpec(TrainingProgram.ATTENTION_MASK, ElementType.INT64, tokens));
  }
}
