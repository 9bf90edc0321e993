package io.github.nolabel.api.train;

/** Batches in order. Not thread-safe. */
public interface BatchStream extends AutoCloseable {

  /**
   * The next batch; it is valid until the following call. Blocks until it is ready.
   *
   * @throws LoadingInterruptedException if the thread is interrupted meanwhile
   */
  Batch next();

  /** Stops the workers and frees the buffers. */
  @Override
  void close();
}
