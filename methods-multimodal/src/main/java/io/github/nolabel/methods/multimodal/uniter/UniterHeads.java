package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.ContextBlock.Style;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * What is read off the stream.
 *
 * @param word tokens to logits over the vocabulary, float[N, t, width] to float[N, t, vocabulary]
 * @param region tokens to the backbone's features, float[N, t, width] to float[N, t, regionWidth]
 * @param pooler first tokens to pairs, float[N, width] to the same
 * @param match pairs to logits of belonging together, float[N, width] to float[N, 1]
 */
record UniterHeads(
    TensorFunction word, TensorFunction region, TensorFunction pooler, TensorFunction match) {

  static UniterHeads attach(Scope scope, int width, int vocabulary, int regionWidth) {
    return new UniterHeads(
        guess(width, vocabulary).attach(scope.child("word")),
        guess(width, regionWidth).attach(scope.child("region")),
        pooler(width).attach(scope.child("pooler")),
        dense(width, 1).attach(scope.child("match")));
  }

  /** The feature of an image and a text together, float[N, width], of the start token. */
  Value pair(Ops g, SingleStream.Encoded encoded) {
    return pooler.apply(g.squeeze(g.slice(encoded.words(), 1, 0, 1), 1));
  }

  private static Fragment pooler(int width) {
    return dense(width, width).then("activation", Activation.TANH);
  }

  private static Fragment guess(int width, int outputWidth) {
    return dense(width, width)
        .then("activation", Activation.GELU)
        .then("norm", Style.BERT.norm(width))
        .then("output", dense(width, outputWidth));
  }

  private static Dense dense(int inputWidth, int outputWidth) {
    return new Dense(inputWidth, outputWidth, true, Dense.Weights.TRANSFORMER);
  }
}
