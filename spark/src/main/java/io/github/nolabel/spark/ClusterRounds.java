package io.github.nolabel.spark;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Rounds;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.spark.WorkerResult.Divergence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.jspecify.annotations.Nullable;

/**
 * Rounds of local steps. One round is two jobs: all workers take their updates, which stay with
 * them until the round has been added up; reducers average a piece of the network each.
 */
final class ClusterRounds implements Rounds {

  private final Cluster cluster;
  private final WorkerJob job;
  private final SparkSettings settings;
  private final StateLayout layout;
  private final RunSpec run;
  private final boolean[] trained;
  private @Nullable WorkerStates states;
  private float[] velocity = new float[0];

  ClusterRounds(
      Cluster cluster, WorkerJob job, SparkSettings settings, StateLayout layout, RunSpec run) {
    this.cluster = cluster;
    this.job = job;
    this.settings = settings;
    this.layout = layout;
    this.run = run;
    this.trained = layout.trained();
  }

  @Override
  public Round next(Snapshot from) {
    WorkerStates before = states(from);
    float[] begin = layout.averaged(from.state());
    long updates = settings.updates(from.step(), run);
    RoundStart start = new RoundStart(from.step(), updates, new Row(begin));
    return cluster.describing(
        "steps %d to %d".formatted(from.step() + 1, from.step() + updates),
        () -> round(before, start));
  }

  private Round round(WorkerStates before, RoundStart start) {
    JavaRDD<WorkerResult> results = before.round(job, start);
    List<WorkerResult> reported = reported(results);
    float[] mean = mean(results);
    move(start.averaged().numbers(), mean);
    states = before.after(results);
    LocalState first = reported.get(0).local();
    Snapshot after =
        new Snapshot(
            start.step() + start.updates(),
            first.slots(),
            layout.state(mean, first.tensors().numbers()));
    long images = start.updates() * run.batchSize() * run.optimizer().accumulate();
    return new Round(after, means(reported), images);
  }

  /** What all workers reported, in their order. */
  private static List<WorkerResult> reported(JavaRDD<WorkerResult> results) {
    List<WorkerResult> reported = new ArrayList<>(results.map(ClusterRounds::told).collect());
    reported.sort(Comparator.comparingInt(result -> result.local().worker()));
    for (WorkerResult result : reported) {
      Divergence diverged = result.diverged();
      if (diverged != null) {
        throw new TrainingDivergedException(diverged.step(), diverged.message());
      }
    }
    return reported;
  }

  /** Queues stay where they are but for the first worker's, which go into checkpoints. */
  private static WorkerResult told(WorkerResult result) {
    WorkerResult light = result.light();
    LocalState local = light.local();
    return local.worker() == 0
        ? light
        : new WorkerResult(
            new LocalState(local.worker(), Row.EMPTY, local.slots()),
            light.averaged(),
            light.reports(),
            light.diverged());
  }

  private float[] mean(JavaRDD<WorkerResult> results) {
    int pieces = job.workers();
    return Piece.mean(
        results.flatMapToPair(result -> result.pieces(pieces).iterator()), pieces, trained.length);
  }

  private void move(float[] begin, float[] mean) {
    if (!settings.outer().isMean()) {
      settings.outer().apply(begin, mean, velocity, trained);
    }
  }

  private static List<StepReport> means(List<WorkerResult> reported) {
    return IntStream.range(0, reported.get(0).reports().size())
        .mapToObj(i -> WorkerReport.mean(reported.stream().map(r -> r.reports().get(i)).toList()))
        .toList();
  }

  private WorkerStates states(Snapshot from) {
    WorkerStates known = states;
    if (known == null) {
      known =
          WorkerStates.of(
              cluster, KeptApart.workers(from, new Row(layout.local(from.state())), job.workers()));
      velocity = settings.outer().isMean() ? velocity : KeptApart.velocity(from, trained.length);
      states = known;
    }
    return known;
  }

  @Override
  public Map<String, Tensor> apart() {
    WorkerStates known = states;
    return known == null ? Map.of() : KeptApart.of(known.collect(), velocity);
  }
}
