package io.github.nolabel.fragment.text;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.Embedding;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * A learnt vector per token plus one per place: int64[N, t] to float[N, t, width], for t up to
 * {@code length}.
 */
public record TokenEmbedding(int vocabulary, int length, int width) implements Fragment {

  @Override
  public TensorFunction attach(Scope scope) {
    TensorFunction words = new Embedding(vocabulary, width).attach(scope.child("word"));
    Value places =
        scope.embedding("position", Shape.of(1, length, width), Initializer.truncatedNormal(0.02));
    Ops g = scope.ops();
    return ids -> {
      long tokens = ids.shape().extent(1);
      Value used = tokens == length ? places : g.slice(places, 1, 0, tokens);
      return g.add(words.apply(ids), used);
    };
  }
}
