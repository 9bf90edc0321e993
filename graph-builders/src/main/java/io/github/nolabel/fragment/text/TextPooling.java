package io.github.nolabel.fragment.text;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import java.util.List;

/** How the features of a text's tokens become one feature. */
public enum TextPooling {
  /** As the network's paper has it. */
  OWN,
  /** The first token's, as in BERT. */
  FIRST,
  /** The last one's before the padding, as in CLIP. */
  LAST,
  /** The mean over all but the padding. */
  MEAN;

  /** The same, where {@code own} is what the network's paper has. */
  public TextPooling or(TextPooling own) {
    return this == OWN ? own : this;
  }

  /**
   * One feature per text, float[N, width].
   *
   * @param tokens float[N, length, width]
   * @param mask int64[N, length], 0 at the padding; every text has a token
   */
  public Value of(Ops g, Value tokens, Value mask) {
    return switch (this) {
      case OWN, FIRST -> g.squeeze(g.slice(tokens, 1, 0, 1), 1);
      case LAST -> weighted(g, tokens, last(g, mask));
      case MEAN -> weighted(g, tokens, shares(g, mask));
    };
  }

  private static Value last(Ops g, Value mask) {
    Value place = g.sub(g.reduceSum(mask, true, 1), g.integer(1));
    return g.cast(g.equal(g.numbers(mask.shape().extent(1)), place), ElementType.FLOAT);
  }

  private static Value shares(Ops g, Value mask) {
    Value counted = g.cast(mask, ElementType.FLOAT);
    return g.div(counted, g.reduceSum(counted, true, 1));
  }

  private static Value weighted(Ops g, Value tokens, Value weights) {
    Shape column = new Shape(List.of(weights.shape().dim(0), weights.shape().dim(1), Dim.of(1)));
    return g.reduceSum(g.mul(tokens, g.reshape(weights, column)), false, 1);
  }
}
