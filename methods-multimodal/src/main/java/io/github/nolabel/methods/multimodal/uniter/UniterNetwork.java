package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.uniter.SingleStream.Encoded;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** The regions' network, the stream and the heads, all under one scope, and their parts. */
record UniterNetwork(RegionSource source, SingleStream stream, Answering answering) {

  /** The scope of all parameters. */
  static final String SCOPE = "uniter";

  /** The cut from an image and a text to their common feature, float[N, width]. */
  static final String FUSION = "fusion";

  /**
   * The cut from an image and a text to the probability, float[N, 1], that they belong together.
   */
  static final String MATCH = "match";

  /** The cut from an image and a question to probabilities of answers, float[N, numAnswer]. */
  static final String ANSWERS = "answers";

  private static final String IMAGE = "image";

  static UniterNetwork of(UniterConfig config, RegionSource source, TextEncoder text) {
    config.requireWidth(text.featureWidth());
    SingleStream stream =
        new SingleStream(
            text.vocabulary().size(),
            text.length(),
            text.featureWidth(),
            config.depth(),
            config.heads(),
            source.width());
    return new UniterNetwork(source, stream, new Answering(stream.width(), config.numAnswer()));
  }

  /**
   * What all tasks share, with its parameters in place.
   *
   * @param pooler first tokens to pairs, float[N, width] to the same
   */
  record Attached(
      Function<Map<String, Value>, Regions> regions,
      SingleStream.Attached stream,
      TensorFunction pooler) {

    /** The feature of an image and a text together, float[N, width], of the start token. */
    Value pair(Ops g, Encoded encoded) {
      return pooler.apply(g.squeeze(g.slice(encoded.words(), 1, 0, 1), 1));
    }

    private Value pair(Ops g, Map<String, Value> in) {
      Value ids = read(in, TrainingProgram.INPUT_IDS);
      Value mask = read(in, TrainingProgram.ATTENTION_MASK);
      return pair(g, stream.apply(ids, mask, regions.apply(in)));
    }

    private static Value read(Map<String, Value> in, String name) {
      return Objects.requireNonNull(in.get(name), name);
    }
  }

  Attached attach(Scope scope) {
    return new Attached(
        source.attach(scope.child(IMAGE)),
        stream.attach(scope.child("stream")),
        UniterHeads.pooler(stream.width()).attach(heads(scope).child("pooler")));
  }

  /** What the three tasks need besides. */
  UniterHeads attachHeads(Scope scope) {
    return UniterHeads.attach(heads(scope), stream);
  }

  /** What answers need besides. */
  TensorFunction attachAnswers(Scope scope) {
    return answering.attach(heads(scope).child("answer"));
  }

  private static TensorFunction attachMatch(Scope scope, int width) {
    return UniterHeads.match(width).attach(heads(scope).child("match"));
  }

  private static Scope heads(Scope scope) {
    return scope.child("heads");
  }

  List<Cut> cuts() {
    List<Cut> cuts = new ArrayList<>(source.cuts(SCOPE, IMAGE));
    cuts.add(cut(FUSION, scope -> pair -> pair));
    cuts.add(answering.answers() > 0 ? cut(ANSWERS, this::answers) : cut(MATCH, this::match));
    return cuts;
  }

  private UnaryOperator<Value> match(Scope scope) {
    TensorFunction logits = attachMatch(scope, stream.width());
    return pair -> scope.ops().sigmoid(logits.apply(pair));
  }

  private UnaryOperator<Value> answers(Scope scope) {
    TensorFunction logits = attachAnswers(scope);
    return pair -> scope.ops().softmax(logits.apply(pair), 1);
  }

  private Cut cut(String name, Function<Scope, UnaryOperator<Value>> ofPair) {
    Network network =
        scope -> {
          Attached attached = attach(scope);
          UnaryOperator<Value> read = ofPair.apply(scope);
          return in -> Map.of(TrainingProgram.FEATURES, read.apply(attached.pair(scope.ops(), in)));
        };
    return new Cut(name, SCOPE, reads(), network);
  }

  private List<TensorSpec> reads() {
    Shape tokens = Shape.batched(stream.length());
    List<TensorSpec> reads = new ArrayList<>(source.reads());
    reads.add(new TensorSpec(TrainingProgram.INPUT_IDS, ElementType.INT64, tokens));
    reads.add(new TensorSpec(TrainingProgram.ATTENTION_MASK, ElementType.INT64, tokens));
    return reads;
  }
}
