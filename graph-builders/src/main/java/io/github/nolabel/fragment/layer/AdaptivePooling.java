package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.function.BinaryOperator;

/**
 * One vector per sequence, by pooling that is learnt: float[N, tokens, width] to float[N, width].
 * In place of choosing between the largest, the mean and all in between, each feature is sorted and
 * its ranks are weighed (Chen et al. 2021, arXiv 2011.04305); attention over tokens is mixed in.
 *
 * <pre>
 * y = h sum_r softmax(p)_r sort(x)_r + (1 - h) sum_t softmax_t(a x_t) x_t,   h = sigmoid(gate)
 * </pre>
 *
 * sort is descending and by feature. At first p = 0 and h = 1/2.
 */
public record AdaptivePooling(int tokens, int width) implements Fragment {

  /** Stands behind every feature in the order. */
  private static final double LAST = -1000;

  public AdaptivePooling {
    Require.positive("tokens", tokens);
    Require.positive("width", width);
  }

  @Override
  public TensorFunction attach(Scope scope) {
    Attached pooling = attached(scope);
    return pooling::all;
  }

  /**
   * Of sequences with padding, which has no influence: from float[N, tokens, width] and int64[N,
   * tokens], 1 for a token and 0 for padding.
   */
  public BinaryOperator<Value> attachMasked(Scope scope) {
    Attached pooling = attached(scope);
    return pooling::seen;
  }

  private Attached attached(Scope scope) {
    return new Attached(
        scope.ops(),
        scope.weight("rank", Shape.of(tokens), Initializer.constant(0)),
        new Dense(width, 1).withoutBias().attach(scope.child("score")),
        scope.bias("gate", Shape.of(), Initializer.constant(0)));
  }

  private record Attached(Ops g, Value ranks, TensorFunction score, Value gate) {

    Value all(Value x) {
      return mixed(byRank(x, ranks), byToken(x, scores(x)));
    }

    Value seen(Value x, Value mask) {
      Value token = g.greater(mask, g.integer(0));
      Value rank = g.less(g.numbers(mask.shape().extent(1)), g.reduceSum(mask, true, 1));
      Value padded = g.where(g.unsqueeze(token, 2), x, g.constant(LAST));
      return mixed(
          byRank(padded, g.add(ranks, AttentionBias.where(g, rank))),
          byToken(x, g.add(scores(x), AttentionBias.where(g, token))));
    }

    private Value scores(Value x) {
      return g.squeeze(score.apply(x), 2);
    }

    private Value byRank(Value x, Value logits) {
      return byToken(g.topK(x, x.shape().extent(1), 1).get(0), logits);
    }

    private Value byToken(Value x, Value logits) {
      Value weights = g.unsqueeze(g.softmax(logits, -1), logits.shape().rank());
      return g.reduceSum(g.mul(x, weights), false, 1);
    }

    private Value mixed(Value ranked, Value attended) {
      Value share = g.sigmoid(gate);
      return g.add(attended, g.mul(share, g.sub(ranked, attended)));
    }
  }
}
