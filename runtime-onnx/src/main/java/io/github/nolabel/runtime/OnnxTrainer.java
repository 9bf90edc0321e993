package io.github.nolabel.runtime;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.runtime.checkpoint.RunLock;
import io.github.nolabel.runtime.loop.TrainingLoop;
import io.github.nolabel.runtime.session.StepExecutor;
import java.util.List;
import java.util.Map;

/** A loop and the session it drives. */
final class OnnxTrainer implements Trainer {

  private final StepExecutor executor;
  private final TrainingLoop loop;
  private final RunLock lock;
  private boolean closed;

  OnnxTrainer(StepExecutor executor, TrainingLoop loop, RunLock lock) {
    this.lock = lock;
    this.executor = executor;
    this.loop = loop;
  }

  @Override
  public long step() {
    return loop.step();
  }

  @Override
  public TrainingSummary train(BatchSource batches, List<? extends TrainingListener> listeners) {
    checkOpen();
    return loop.train(batches, listeners);
  }

  @Override
  public void requestStop() {
    loop.requestStop();
  }

  @Override
  public Embedder embedder() {
    checkOpen();
    return new LiveEmbedder();
  }

  @Override
  public Map<String, Tensor> state() {
    checkOpen();
    return executor.state();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    executor.close();
    lock.close();
  }

  private void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the trainer was closed");
    }
  }

  private final class LiveEmbedder implements Embedder {

    @Override
    public Tensor embed(Tensor images) {
      checkOpen();
      return executor.embed(images);
    }

    @Override
    public void close() {
      // The weights belong to the trainer.
    }
  }
}
