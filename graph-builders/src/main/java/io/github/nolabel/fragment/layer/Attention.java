package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.List;
import java.util.Optional;

/**
 * Attention to a context (Vaswani et al. 2017): {@code softmax(Q K' / sqrt(width / heads) + bias)
 * V} per head, then an output projection. Queries come from float[N, t, width], keys and values
 * from float[N, s, contextWidth]; with the same tokens for both it is self-attention.
 */
public record Attention(int width, int contextWidth, int heads) {

  public Attention {
    Require.that(
        width % heads == 0, "width " + width + " does not divide into " + heads + " heads");
  }

  /** Attention with its parameters in place. */
  @FunctionalInterface
  public interface Attached {

    /**
     * @param bias added to the scores, broadcast to float[N, heads, t, s]: see {@link
     *     AttentionBias}
     * @return float[N, t, width]
     */
    Value apply(Value x, Value context, Optional<Value> bias);
  }

  public Attached attach(Scope scope) {
    TensorFunction query = projection(width).attach(scope.child("query"));
    TensorFunction key = projection(contextWidth).attach(scope.child("key"));
    TensorFunction value = projection(contextWidth).attach(scope.child("value"));
    TensorFunction output = projection(width).attach(scope.child("proj"));
    Ops g = scope.ops();
    return (x, context, bias) ->
        output.apply(
            joined(
                g,
                attend(
                    g,
                    byHead(g, query.apply(x)),
                    byHead(g, key.apply(context)),
                    byHead(g, value.apply(context)),
                    bias)));
  }

  private Value attend(Ops g, Value query, Value key, Value value, Optional<Value> bias) {
    double scale = 1 / Math.sqrt((double) width / heads);
    Value scores = g.mul(g.matMul(query, g.transposeMatrix(key)), scale);
    Value biased = bias.map(b -> g.add(scores, b)).orElse(scores);
    return g.matMul(g.softmax(biased, -1), value);
  }

  /** float[N, t, width] to float[N, heads, t, width / heads] */
  private Value byHead(Ops g, Value x) {
    Shape split =
        new Shape(
            List.of(x.shape().dim(0), x.shape().dim(1), Dim.of(heads), Dim.of(width / heads)));
    return g.transpose(g.reshape(x, split), 0, 2, 1, 3);
  }

  private Value joined(Ops g, Value x) {
    Value tokens = g.transpose(x, 0, 2, 1, 3);
    Shape flat = new Shape(List.of(tokens.shape().dim(0), tokens.shape().dim(1), Dim.of(width)));
    return g.reshape(tokens, flat);
  }

  private Dense projection(int inputWidth) {
    return new Dense(inputWidth, width, true, Dense.Weights.BERT);
  }
}
