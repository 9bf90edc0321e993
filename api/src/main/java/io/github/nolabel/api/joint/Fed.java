package io.github.nolabel.api.joint;

import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import java.util.function.IntFunction;

/** Batches that are made when they are asked for. */
final class Fed implements BatchStream {

  private final IntFunction<Batch> batches;
  private int next;

  Fed(IntFunction<Batch> batches) {
    this.batches = batches;
  }

  @Override
  public Batch next() {
    return batches.apply(next++);
  }

  @Override
  public void close() {
    // Nothing is kept.
  }
}
