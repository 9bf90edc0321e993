package io.github.nolabel.spark;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.storage.BlockUpdatedInfo;

/** Bytes that Spark counted since the last beginning. */
final class Traffic extends SparkListener {

  private final AtomicLong shuffled = new AtomicLong();
  private final AtomicLong collected = new AtomicLong();
  private final AtomicLong broadcast = new AtomicLong();
  private final AtomicLong taskMillis = new AtomicLong();

  void begin() {
    shuffled.set(0);
    collected.set(0);
    broadcast.set(0);
    taskMillis.set(0);
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    shuffled.addAndGet(task.taskMetrics().shuffleWriteMetrics().bytesWritten());
    collected.addAndGet(task.taskMetrics().resultSize());
    taskMillis.addAndGet(task.taskMetrics().executorRunTime());
  }

  /**
   * Pieces of broadcasts as they lie on the driver, compressed; each is counted where it begins.
   */
  @Override
  public void onBlockUpdated(SparkListenerBlockUpdated update) {
    BlockUpdatedInfo block = update.blockUpdatedInfo();
    boolean piece = block.blockId().name().matches("broadcast_\\d+_piece\\d+");
    if (piece && block.blockManagerId().isDriver() && block.storageLevel().isValid()) {
      broadcast.addAndGet(block.memSize() + block.diskSize());
    }
  }

  /** What was counted when Spark has told all. */
  Map<String, Object> settled(JavaSparkContext context) {
    try {
      context.sc().listenerBus().waitUntilEmpty();
    } catch (java.util.concurrent.TimeoutException e) {
      throw new IllegalStateException(e);
    }
    return Map.of(
        "shuffledBytes", shuffled.get(),
        "collectedBytes", collected.get(),
        "broadcastBytes", broadcast.get(),
        "taskMillis", taskMillis.get());
  }
}
