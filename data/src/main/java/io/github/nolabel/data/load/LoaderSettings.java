package io.github.nolabel.data.load;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.train.RunSpec;

/**
 * How batches are made.
 *
 * @param workers threads that decode and render, 1 to 256; has no influence on the batches
 * @param strict a broken image ends the run instead of being replaced
 * @param decoding how much of a picture is decoded
 */
public record LoaderSettings(
    int batchSize, long seed, int workers, boolean strict, Decoding decoding) {

  public LoaderSettings {
    Require.positive("batchSize", batchSize);
    Require.within("workers", workers, 1, 256);
  }

  /** Pictures are decoded whole. */
  public LoaderSettings(int batchSize, long seed, int workers, boolean strict) {
    this(batchSize, seed, workers, strict, Decoding.WHOLE);
  }

  /** Batch size and seed are the run's. */
  public static LoaderSettings of(RunSpec run, int workers, boolean strict, Decoding decoding) {
    return new LoaderSettings(run.batchSize(), run.seed(), workers, strict, decoding);
  }
}
