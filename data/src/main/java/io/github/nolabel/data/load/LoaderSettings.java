package io.github.nolabel.data.load;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.train.RunSpec;

/**
 * How batches are made.
 *
 * @param workers threads that decode and render, 1 to 256; has no influence on the batches
 * @param strict a broken image ends the run instead of being replaced
 */
public record LoaderSettings(int batchSize, long seed, int workers, boolean strict) {

  public LoaderSettings {
    Require.positive("batchSize", batchSize);
    Require.within("workers", workers, 1, 256);
  }

  /** Batch size and seed are the run's. */
  public static LoaderSettings of(RunSpec run, int workers, boolean strict) {
    return new LoaderSettings(run.batchSize(), run.seed(), workers, strict);
  }
}
