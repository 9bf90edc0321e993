package io.github.nolabel.spark;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.storage.StorageLevel;

/**
 * What workers keep for themselves, one partition each. It stays on the executors; where one is
 * lost, Spark takes the rounds since the last collection again, with the same bits.
 */
final class WorkerStates {

  /** Rounds after which what workers keep is fetched, so that no history grows without end. */
  private static final int REMEMBERED = 16;

  private final Cluster cluster;
  private final JavaRDD<LocalState> states;
  private final List<JavaRDD<WorkerResult>> rounds;
  private final List<Broadcast<RoundStart>> starts;

  private WorkerStates(
      Cluster cluster,
      JavaRDD<LocalState> states,
      List<JavaRDD<WorkerResult>> rounds,
      List<Broadcast<RoundStart>> starts) {
    this.cluster = cluster;
    this.states = states;
    this.rounds = rounds;
    this.starts = starts;
  }

  static WorkerStates of(Cluster cluster, List<LocalState> workers) {
    JavaRDD<LocalState> states = cluster.context().parallelize(workers, workers.size());
    return new WorkerStates(cluster, states, new ArrayList<>(), new ArrayList<>());
  }

  /** Has every worker take its updates; nothing is computed yet. */
  JavaRDD<WorkerResult> round(WorkerJob job, RoundStart start) {
    Broadcast<RoundStart> shared = cluster.context().broadcast(start);
    starts.add(shared);
    JavaRDD<WorkerResult> results =
        states
            .map(
                local ->
                    Workers.with(
                        job,
                        local.worker(),
                        Cards.ofThisTask(),
                        worker -> worker.round(shared.value(), local)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    rounds.add(results);
    return results;
  }

  /** Those of the next round. */
  WorkerStates after(JavaRDD<WorkerResult> results) {
    JavaRDD<LocalState> next = results.map(WorkerResult::local);
    WorkerStates after = new WorkerStates(cluster, next, rounds, starts);
    if (rounds.size() < REMEMBERED) {
      rounds.subList(0, rounds.size() - 1).forEach(earlier -> earlier.unpersist(false));
      return after;
    }
    WorkerStates fresh = of(cluster, after.collect());
    rounds.forEach(round -> round.unpersist(false));
    starts.forEach(start -> start.destroy());
    return fresh;
  }

  /** All of them, in the workers' order. */
  List<LocalState> collect() {
    List<LocalState> all = new ArrayList<>(states.collect());
    all.sort(Comparator.comparingInt(LocalState::worker));
    return all;
  }
}
