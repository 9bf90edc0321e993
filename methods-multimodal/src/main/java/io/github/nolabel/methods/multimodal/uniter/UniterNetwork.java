package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.tower.Caption;
import io.github.nolabel.methods.multimodal.uniter.SingleStream.Encoded;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The regions' network, the stream and the heads, all under one scope, and their parts. */
record UniterNetwork(RegionSource source, SingleStream stream, Answering answering) {

  /** The scope of all parameters. */
  static final String SCOPE = "uniter";

  /** The cut from an image and a question to probabilities of answers, float[N, numAnswer]. */
  static final String ANSWERS = "answers";

  private static final String IMAGE = "image";

  static UniterNetwork of(UniterConfig config, RegionSource source, TextEncoder text) {
    config.requireJudged();
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

    private Encoded encoded(Map<String, Value> in) {
      return stream.apply(Caption.ids(in), Caption.mask(in), regions.apply(in));
    }
  }

  Attached attach(Scope scope) {
    return new Attached(
        source.attach(scope.child(IMAGE)),
        stream.attach(scope.child("stream")),
        UniterHeads.pooler(stream.width()).attach(heads(scope).child("pooler")));
  }

  /** What the tasks need besides. */
  UniterHeads attachHeads(Scope scope) {
    return UniterHeads.attach(heads(scope), stream);
  }

  /** From regions' tokens to logits of what the detector took them for. */
  TensorFunction attachClasses(Scope scope, Input.RegionClasses classes) {
    return UniterHeads.choice(stream.width(), stream.width(), classes.classes())
        .attach(heads(scope).child("class"));
  }

  /** What answers need besides. */
  TensorFunction attachAnswers(Scope scope) {
    return answering.attach(heads(scope).child("answer"));
  }

  private static Scope heads(Scope scope) {
    return scope.child("heads");
  }

  List<Cut> cuts() {
    List<Cut> cuts = new ArrayList<>(source.cuts(SCOPE, IMAGE));
    cuts.add(cut(BackboneExporter.FUSION, scope -> (all, read) -> all.pair(scope.ops(), read)));
    if (answering.answers() > 0) {
      cuts.add(cut(ANSWERS, this::answers));
    } else {
      cuts.add(cut(BackboneExporter.MATCH, this::match));
      cuts.add(cut(BackboneExporter.WORDS, TrainingProgram.LOGITS, this::words));
    }
    return cuts;
  }

  /** What a cut makes of a text and regions that the stream has read. */
  private interface End {
    Value of(Attached all, Encoded read);
  }

  private End match(Scope scope) {
    Ops g = scope.ops();
    TensorFunction logits = UniterHeads.match(stream.width()).attach(heads(scope).child("match"));
    return (all, read) -> g.sigmoid(logits.apply(all.pair(g, read)));
  }

  private End words(Scope scope) {
    TensorFunction logits = UniterHeads.word(stream).attach(heads(scope).child("word"));
    return (all, read) -> logits.apply(read.words());
  }

  private End answers(Scope scope) {
    Ops g = scope.ops();
    TensorFunction logits = attachAnswers(scope);
    return (all, read) -> g.softmax(logits.apply(all.pair(g, read)), 1);
  }

  private Cut cut(String name, Function<Scope, End> end) {
    return cut(name, TrainingProgram.FEATURES, end);
  }

  private Cut cut(String name, String output, Function<Scope, End> end) {
    Network network =
        scope -> {
          Attached attached = attach(scope);
          End made = end.apply(scope);
          return in -> Map.of(output, made.of(attached, attached.encoded(in)));
        };
    return new Cut(name, SCOPE, reads(), network);
  }

  private List<TensorSpec> reads() {
    List<TensorSpec> reads = new ArrayList<>(source.reads());
    reads.addAll(new Caption(stream.length()).read());
    return reads;
  }
}
