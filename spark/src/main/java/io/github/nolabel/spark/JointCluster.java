package io.github.nolabel.spark;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.joint.JointStart;
import io.github.nolabel.api.joint.JointWorkers;
import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.spark.JointTask.Embedded;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.broadcast.Broadcast;

/**
 * The workers of a cluster pass the images of one update. Two jobs: all find the values at the cut
 * of their rows, which the driver puts together; all go back from what the loss says of them, and
 * reducers add up a piece of the gradient each.
 */
final class JointCluster implements JointWorkers {

  private final Cluster cluster;
  private final WorkerJob job;
  private final JointPart part;
  private final JointLayout layout;
  private double secondsWaited;

  JointCluster(Cluster cluster, WorkerJob job, JointPart part) {
    this.cluster = cluster;
    this.job = job;
    this.part = part;
    this.layout = JointLayout.of(part);
  }

  @Override
  public Map<String, Tensor> embed(JointStart start) {
    return cluster.describing(
        "step %d, embeddings".formatted(start.step() + 1),
        () -> {
          List<Embedded> found = embedded(start);
          secondsWaited =
              found.stream().mapToDouble(Embedded::secondsWaited).average().orElseThrow();
          return part.joined(inOrder(found));
        });
  }

  @Override
  public double secondsWaited() {
    return secondsWaited;
  }

  private List<Embedded> embedded(JointStart start) {
    WorkerJob shared = job;
    Broadcast<JointTask> task = cluster.context().broadcast(JointTask.of(start, layout));
    try {
      List<Embedded> found =
          new ArrayList<>(
              workers()
                  .map(
                      worker ->
                          Workers.with(
                              shared, worker, Cards.ofThisTask(), w -> w.embed(task.value())))
                  .collect());
      found.sort(Comparator.comparingInt(Embedded::worker));
      return found;
    } finally {
      task.destroy();
    }
  }

  /** The order of the images of the update: batch after batch, and in each worker after worker. */
  private static List<Map<String, Tensor>> inOrder(List<Embedded> workers) {
    List<Map<String, Tensor>> parts = new ArrayList<>();
    for (int batch = 0; batch < workers.get(0).batches().size(); batch++) {
      for (Embedded worker : workers) {
        parts.add(worker.batches().get(batch).received());
      }
    }
    return parts;
  }

  @Override
  public Map<String, Tensor> gradients(JointStart start, Map<String, Tensor> cotangents) {
    return cluster.describing(
        "step %d, gradients".formatted(start.step() + 1), () -> moved(start, cotangents));
  }

  private Map<String, Tensor> moved(JointStart start, Map<String, Tensor> cotangents) {
    WorkerJob shared = job;
    Broadcast<JointTask> task = cluster.context().broadcast(JointTask.of(start, layout));
    Broadcast<SentTensors> back = cluster.context().broadcast(SentTensors.of(cotangents));
    try {
      int pieces = job.workers();
      float[] mean =
          Piece.mean(
              workers()
                  .map(
                      worker ->
                          Workers.with(
                              shared,
                              worker,
                              Cards.ofThisTask(),
                              w -> w.gradient(task.value(), back.value())))
                  .flatMapToPair(gradient -> gradient.pieces(pieces).iterator()),
              pieces,
              layout.moved().length());
      return added(layout.moved().tensors(mean));
    } finally {
      task.destroy();
      back.destroy();
    }
  }

  /** Gradients are those of all images together, statistics are the workers' mean. */
  private Map<String, Tensor> added(Map<String, Tensor> means) {
    for (StateTensor tensor : layout.moved().tensors()) {
      if (JointLayout.isSum(tensor)) {
        FloatBuffer values = Objects.requireNonNull(means.get(tensor.name())).floats();
        IntStream.range(0, values.limit())
            .forEach(i -> values.put(i, values.get(i) * job.workers()));
      }
    }
    return means;
  }

  private JavaRDD<Integer> workers() {
    List<Integer> numbers = IntStream.range(0, job.workers()).boxed().toList();
    return cluster.context().parallelize(numbers, job.workers());
  }
}
