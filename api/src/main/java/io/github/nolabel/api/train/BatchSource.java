package io.github.nolabel.api.train;

/**
 * An endless sequence of batches, epoch after epoch. The batch at an index is always the same, so a
 * resumed run needs nothing but the index.
 */
public interface BatchSource {

  /** Full batches per pass over the data; the incomplete last one is left out. */
  long batchesPerEpoch();

  /** Starts delivering at {@code firstBatch}, counted from the beginning of the run. */
  BatchStream from(long firstBatch);
}
