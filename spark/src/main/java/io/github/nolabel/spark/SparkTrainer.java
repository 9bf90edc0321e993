package io.github.nolabel.spark;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.Rounds;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingSummary;
import java.util.List;
import java.util.Map;

/** The driver's trainer: it stands where the cluster stands, watches, evaluates and saves. */
final class SparkTrainer implements Trainer {

  private final Trainer driver;
  private final Rounds rounds;
  private final Cluster cluster;
  private final int workers;

  SparkTrainer(Trainer driver, Rounds rounds, Cluster cluster, int workers) {
    this.driver = driver;
    this.rounds = rounds;
    this.cluster = cluster;
    this.workers = workers;
  }

  @Override
  public long step() {
    return driver.step();
  }

  /** The workers read their shares of these batches themselves. */
  @Override
  public TrainingSummary train(BatchSource batches, List<? extends TrainingListener> listeners) {
    return driver.train(rounds, listeners);
  }

  @Override
  public TrainingSummary train(Rounds elsewhere, List<? extends TrainingListener> listeners) {
    return driver.train(elsewhere, listeners);
  }

  @Override
  public List<StepReport> advance(BatchStream batches, long updates) {
    return driver.advance(batches, updates);
  }

  @Override
  public Snapshot snapshot() {
    return driver.snapshot();
  }

  @Override
  public void restore(Snapshot snapshot) {
    driver.restore(snapshot);
  }

  @Override
  public void requestStop() {
    driver.requestStop();
  }

  @Override
  public Model model(String name) {
    return driver.model(name);
  }

  @Override
  public Embedder embedder() {
    return driver.embedder();
  }

  @Override
  public Map<String, Tensor> state() {
    return driver.state();
  }

  @Override
  public String kernels() {
    return driver.kernels();
  }

  @Override
  public void close() {
    try {
      cluster.describing(
          "release",
          () -> {
            cluster.release(workers);
            return workers;
          });
    } finally {
      driver.close();
    }
  }
}
