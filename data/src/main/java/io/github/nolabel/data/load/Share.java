package io.github.nolabel.data.load;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;

/**
 * Which rows of every batch one of several workers renders: those from {@code worker * B / workers}
 * on, as many as every other worker. All shares together are the batches that one worker has.
 *
 * @param worker from 0
 */
public record Share(int worker, int workers) {

  /** All rows. */
  public static final Share WHOLE = new Share(0, 1);

  public Share {
    Require.positive("workers", workers);
    Require.within("worker", worker, 0, workers - 1);
  }

  /**
   * Rows of this share.
   *
   * @throws UserMistake if the batch cannot be divided evenly, or leaves a worker less than two
   *     images
   */
  public int rows(int batchSize) {
    if (batchSize % workers != 0 || (workers > 1 && batchSize / workers < 2)) {
      throw new UserMistake(
          "A batch of %d images cannot be divided evenly among %d workers, each with two or more. Choose a multiple of %d as batch size, or another number of workers."
              .formatted(batchSize, workers, workers));
    }
    return batchSize / workers;
  }

  int first(int batchSize) {
    return worker * rows(batchSize);
  }
}
