package io.github.nolabel.mechanism;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;

/**
 * The newest unit embeddings of earlier steps, first in first out (He et al. 2020, arXiv
 * 1911.05722): the negatives of MoCo, the extra samples of SwAV. Starts with random unit rows. Any
 * capacity goes with any batch: of a batch that is larger than the queue the last rows stay.
 *
 * <p>Reports {@code NAME_age}: the mean age in batches of the rows that the step reads, the batch
 * before being of age 1; 0 while there are only random rows, which are not counted.
 *
 * <p>The rows are state of the session; where the next batch goes is a {@link
 * io.github.nolabel.api.control.Slot} of its controller.
 */
public final class EmbeddingQueue {

  private final StepGraph step;
  private final String name;
  private final int capacity;
  private final Value rows;

  private EmbeddingQueue(StepGraph step, String name, int capacity, Value rows) {
    this.step = step;
    this.name = name;
    this.capacity = capacity;
    this.rows = rows;
  }

  /** Declares a queue of {@code capacity} rows of {@code width} numbers. */
  public static EmbeddingQueue of(StepGraph step, String name, int capacity, int width) {
    Require.positive("queue capacity", capacity);
    Value rows =
        step.scope(name)
            .memory("rows", Shape.of(capacity, width), Sharing.LOCAL, Initializer.unitRows());
    return new EmbeddingQueue(step, name, capacity, rows);
  }

  /**
   * The rows of earlier steps, float[capacity, D], which this step's are added to at its end.
   *
   * @param embeddings float[n, D], unit rows without a gradient
   */
  public static Value earlier(StepGraph step, String name, int capacity, Value embeddings) {
    int width = Math.toIntExact(embeddings.shape().extent(1));
    EmbeddingQueue queue = of(step, name, capacity, width);
    queue.push(embeddings);
    return queue.rows();
  }

  /** float[capacity, width]: the rows before this step's are pushed. */
  public Value rows() {
    return rows;
  }

  /**
   * Replaces the oldest rows at the end of the step; called once.
   *
   * @param embeddings float[n, width]; they are detached and brought to length one by the caller
   */
  public void push(Value embeddings) {
    Ops g = step.ops(name);
    long perImage = embeddings.shape().dim(0).perSample();
    step.control(
        name, new QueueCursor(name, capacity, perImage, embeddings.shape().dim(0).fixed()));
    Value cursor = step.graph().input(name + "_cursor", ElementType.INT64, Shape.of());
    Value size = g.integer(capacity);
    Value distance = g.mod(g.sub(g.numbers(capacity), cursor), size);
    Value count = rowCount(g, embeddings);
    Value written = g.less(distance, count);
    trackAges(g, written);
    Value newest = newest(g, distance, count, written);
    Value next = g.where(g.unsqueeze(written, 1), g.gather(embeddings, newest), rows);
    step.write(rows, next);
  }

  /** Random rows have age 0 and keep it. */
  private void trackAges(Ops g, Value written) {
    Value ages =
        step.scope(name).memory("ages", Shape.of(capacity), Sharing.LOCAL, Initializer.constant(0));
    Value counted = g.greater(ages, g.constant(0));
    Value one = g.constant(1);
    step.write(ages, g.where(written, one, g.where(counted, g.add(ages, one), ages)));
    Value count = g.reduceSum(g.cast(counted, ElementType.FLOAT), false);
    step.monitor(name + "_age", g.div(g.reduceSum(ages, false), g.max(count, one)));
  }

  /** The last row of the batch that falls on a place: {@code distance + capacity * laps}. */
  private Value newest(Ops g, Value distance, Value count, Value written) {
    Value room = g.sub(g.sub(count, g.integer(1)), distance);
    Value wholeLaps = g.sub(room, g.mod(room, g.integer(capacity)));
    return g.where(written, g.add(distance, wholeLaps), g.integer(0));
  }

  private static Value rowCount(Ops g, Value embeddings) {
    Value rows =
        g.div(g.elementCount(embeddings), g.constant((double) embeddings.shape().extent(1)));
    return g.cast(rows, ElementType.INT64);
  }
}
