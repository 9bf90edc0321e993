package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.AttentionBias;
import io.github.nolabel.fragment.layer.ContextBlock;
import io.github.nolabel.fragment.layer.ContextBlock.Seen;
import io.github.nolabel.fragment.layer.ContextBlock.Style;
import io.github.nolabel.fragment.layer.ContextBlocks;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.fragment.text.TokenEmbedding;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.function.BinaryOperator;

/** One transformer in BERT's style that reads words, then regions; each sees all others. */
record SingleStream(int vocabulary, int length, int width, int depth, int heads, int regionWidth) {

  /**
   * @param words float[N, length, width]
   * @param regions float[N, K, width]
   */
  record Encoded(Value words, Value regions) {}

  /** The stream with its parameters in place. */
  @FunctionalInterface
  interface Attached {

    /**
     * @param ids int64[N, length]
     * @param mask int64[N, length], 1 for a token and 0 for padding
     * @param regions of width regionWidth
     */
    Encoded apply(Value ids, Value mask, Regions regions);
  }

  Attached attach(Scope scope) {
    TensorFunction words = words(scope.child("words").below(depth + 1));
    BinaryOperator<Value> regions = regions(scope.child("regions").below(depth + 1));
    ContextBlock block = new ContextBlock(Style.BERT, width, heads, 0, 0);
    ContextBlock.Attached blocks = new ContextBlocks(block, depth).attach(scope);
    Ops g = scope.ops();
    return (ids, mask, seen) -> {
      Value all = g.concat(1, words.apply(ids), regions.apply(seen.features(), seen.places()));
      Value bias = AttentionBias.ofPadding(g, g.concat(1, mask, seen.mask()));
      List<Value> encoded = g.split(blocks.apply(all, Seen.limited(bias)), 1, length, seen.count());
      return new Encoded(encoded.get(0), encoded.get(1));
    };
  }

  private TensorFunction words(Scope scope) {
    TensorFunction embedding = new TokenEmbedding(vocabulary, length, width).attach(scope);
    TensorFunction finished = finished(scope);
    return ids -> finished.apply(embedding.apply(ids));
  }

  /** {@code LN( LN(W feature) + LN(V place) + type )}. */
  private BinaryOperator<Value> regions(Scope scope) {
    TensorFunction content = normalised(regionWidth).attach(scope.child("content"));
    TensorFunction place = normalised(Input.Places.WIDTH).attach(scope.child("place"));
    TensorFunction finished = finished(scope);
    Ops g = scope.ops();
    return (features, places) ->
        finished.apply(g.add(content.apply(features), place.apply(places)));
  }

  /** Adds what all tokens of a kind have in common, and normalises. */
  private TensorFunction finished(Scope scope) {
    Value type = scope.embedding("type", Shape.of(1, 1, width), Initializer.truncatedNormal(0.02));
    TensorFunction norm = Style.BERT.norm(width).attach(scope.child("norm"));
    return x -> norm.apply(scope.ops().add(x, type));
  }

  private Fragment normalised(int inputWidth) {
    return new Dense(inputWidth, width, true, Dense.Weights.BERT)
        .then("norm", Style.BERT.norm(width));
  }
}
