package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;

/** Maps images to features with frozen weights. Not thread-safe. */
public interface Embedder extends AutoCloseable {

  /**
   * @param images float[n, 3, S, S], normalised
   * @return float[n, D]
   */
  Tensor embed(Tensor images);

  @Override
  void close();
}
