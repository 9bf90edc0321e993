package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.ContextBlock.Style;
import io.github.nolabel.fragment.layer.Dense;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;

/**
 * What the three tasks need besides the stream.
 *
 * @param word tokens to logits over the vocabulary, float[N, t, width] to float[N, t, vocabulary]
 * @param region tokens to regions' features, float[N, t, width] to float[N, t, regionWidth]
 * @param match pairs to logits of belonging together, float[N, width] to float[N, 1]
 * @param hidden what stands for the feature of a hidden region, float[1, 1, regionWidth]; it starts
 *     as long as a feature is, since the normalisation behind it would turn a short one at each
 *     step
 */
record UniterHeads(TensorFunction word, TensorFunction region, TensorFunction match, Value hidden) {

  static UniterHeads attach(Scope scope, SingleStream stream) {
    int width = stream.width();
    return new UniterHeads(
        word(stream).attach(scope.child("word")),
        choice(width, width, stream.regionWidth()).attach(scope.child("region")),
        match(width).attach(scope.child("match")),
        scope.embedding("hidden", Shape.of(1, 1, stream.regionWidth()), Initializer.normal(1)));
  }

  /** From tokens to logits over the vocabulary. */
  static Fragment word(SingleStream stream) {
    return choice(stream.width(), stream.width(), stream.vocabulary());
  }

  /** From pairs to logits of belonging together. */
  static Dense match(int width) {
    return dense(width, 1);
  }

  /** From the first token to the pair, float[N, width] to the same. */
  static Fragment pooler(int width) {
    return dense(width, width).then("activation", Activation.TANH);
  }

  /** Two layers, GELU and a normalisation between them: float[..., width] to [..., outputWidth]. */
  static Fragment choice(int width, int hiddenWidth, int outputWidth) {
    return dense(width, hiddenWidth)
        .then("activation", Activation.GELU)
        .then("norm", Style.BERT.norm(hiddenWidth))
        .then("output", dense(hiddenWidth, outputWidth));
  }

  private static Dense dense(int inputWidth, int outputWidth) {
    return new Dense(inputWidth, outputWidth, true, Dense.Weights.BERT);
  }
}
