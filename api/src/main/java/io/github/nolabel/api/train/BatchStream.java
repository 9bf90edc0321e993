package io.github.nolabel.api.train;

/** Batches in order. Not thread-safe. */
public interface BatchStream extends AutoCloseable {

  /** The next batch; it is valid until the following call. Blocks until it is ready. */
  Batch next();

  /** Stops the workers and frees the buffers. */
  @Override
  void close();
}
