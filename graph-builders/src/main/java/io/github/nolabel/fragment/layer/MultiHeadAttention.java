package io.github.nolabel.fragment.layer;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.List;

/**
 * Self-attention (Vaswani et al. 2017), float[N, tokens, width] to the same shape: {@code softmax(Q
 * K' / sqrt(width / heads)) V} per head, between a joint input and an output projection.
 *
 * @param normed whether queries and keys are normalised per head (Dehghani et al. 2023, arXiv
 *     2302.05442)
 * @param epsilon of these normalisations
 */
public record MultiHeadAttention(int width, int heads, boolean normed, double epsilon)
    implements Fragment {

  public MultiHeadAttention {
    Require.that(
        width % heads == 0, "width " + width + " does not divide into " + heads + " heads");
  }

  @Override
  public TensorFunction attach(Scope scope) {
    TensorFunction inputs = projection(3 * width).attach(scope.child("qkv"));
    TensorFunction output = projection(width).attach(scope.child("proj"));
    TensorFunction queries = norm(scope.child("q_norm"));
    TensorFunction keys = norm(scope.child("k_norm"));
    return x -> output.apply(attend(scope.ops(), inputs.apply(x), queries, keys));
  }

  private TensorFunction norm(Scope scope) {
    return normed ? new LayerNorm(width / heads, epsilon).attach(scope) : x -> x;
  }

  private Value attend(Ops g, Value joint, TensorFunction queries, TensorFunction keys) {
    int headWidth = width / heads;
    Dim batch = joint.shape().dim(0);
    Dim tokens = joint.shape().dim(1);
    Shape split = new Shape(List.of(batch, tokens, Dim.of(3), Dim.of(heads), Dim.of(headWidth)));
    Value byRole = g.transpose(g.reshape(joint, split), 2, 0, 3, 1, 4);
    List<Value> roles = g.split(byRole, 0, 1, 1, 1);
    Value query = queries.apply(g.squeeze(roles.get(0), 0));
    Value key = keys.apply(g.squeeze(roles.get(1), 0));
    Value value = g.squeeze(roles.get(2), 0);
    Value scores = g.mul(g.matMul(query, g.transposeMatrix(key)), 1 / Math.sqrt(headWidth));
    Value mixed = g.matMul(g.softmax(scores, -1), value);
    Value joined = g.transpose(mixed, 0, 2, 1, 3);
    return g.reshape(joined, new Shape(List.of(batch, tokens, Dim.of(width))));
  }

  private Dense projection(int outputWidth) {
    return new Dense(width, outputWidth, true, Dense.Weights.TRANSFORMER);
  }
}
