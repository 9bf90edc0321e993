package io.github.nolabel.fragment.text;

import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.List;

/** A network from token ids to one feature vector per token, and one for the whole text. */
public interface TextEncoder {

  Vocabulary vocabulary();

  /** Tokens of a text, special ones and padding included. */
  int length();

  /** Of the feature vectors. */
  int featureWidth();

  /** Declares the parameters under {@code scope}, once. */
  Attached attach(Scope scope);

  /**
   * One feature per text.
   *
   * @param tokens float[N, length, featureWidth]
   * @param mask int64[N, length], 1 for a token and 0 for padding
   * @return float[N, featureWidth]
   */
  Value pooled(Ops g, Value tokens, Value mask);

  /** What people should know before it is trained, in sentences; mostly nothing. */
  default List<String> notes() {
    return List.of();
  }

  /** A network with its parameters in place. */
  @FunctionalInterface
  interface Attached {

    /**
     * @param ids int64[N, length]
     * @param mask int64[N, length], 1 for a token and 0 for padding
     * @return float[N, length, featureWidth]
     */
    Value apply(Value ids, Value mask);
  }
}
