package io.github.nolabel.data.load;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.input.ViewFeed;
import io.github.nolabel.api.train.RunSpec;
import java.util.Optional;

/**
 * How batches are made.
 *
 * @param workers threads that decode and render, 1 to 256; has no influence on the batches
 * @param strict a broken image ends the run instead of being replaced
 * @param decoding how much of a picture is decoded
 * @param feed in place of the views, if the graph renders them itself
 */
public record LoaderSettings(
    int batchSize,
    long seed,
    int workers,
    boolean strict,
    Decoding decoding,
    Optional<ViewFeed> feed) {

  public LoaderSettings {
    Require.positive("batchSize", batchSize);
    Require.within("workers", workers, 1, 256);
  }

  /** Views are rendered by the loader. */
  public LoaderSettings(int batchSize, long seed, int workers, boolean strict, Decoding decoding) {
    this(batchSize, seed, workers, strict, decoding, Optional.empty());
  }

  /** Pictures are decoded whole. */
  public LoaderSettings(int batchSize, long seed, int workers, boolean strict) {
    this(batchSize, seed, workers, strict, Decoding.WHOLE);
  }

  /** Batch size and seed are the run's. */
  public static LoaderSettings of(RunSpec run, int workers, boolean strict, Decoding decoding) {
    return new LoaderSettings(run.batchSize(), run.seed(), workers, strict, decoding);
  }

  /** The same for a graph that renders its views itself. */
  public LoaderSettings feeding(ViewFeed views) {
    return new LoaderSettings(batchSize, seed, workers, strict, decoding, Optional.of(views));
  }
}
