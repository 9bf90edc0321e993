package io.github.nolabel.api.joint;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.Trainer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One worker's rows of every batch of an update. Its row {@code i} of batch {@code b} is row {@code
 * b * batch + first + i} of the update. The images of the running update stay in memory, since they
 * pass the network twice.
 */
public final class JointShare implements AutoCloseable {

  private static final double NANOS = 1e9;

  private final Trainer worker;
  private final JointPart part;
  private final BatchSource source;
  private final Size size;
  private @Nullable BatchStream stream;
  private List<Batch> images = List.of();
  private long imagesOf = -1;
  private long waitedNanos;

  /**
   * What an update consists of.
   *
   * @param batches per update
   * @param batch images in each, of all workers
   * @param first this worker's first row in every batch
   * @param rows how many it has
   */
  public record Size(int batches, int batch, int first, int rows) {

    /** One worker has all rows. */
    public static Size whole(int batches, int batch) {
      return new Size(batches, batch, 0, batch);
    }

    long all() {
      return (long) batches * batch;
    }

    long firstOf(int index) {
      return (long) index * batch + first;
    }
  }

  /**
   * @param worker of {@link JointPart#worker}; who made it closes it
   * @param source this worker's rows of the batches
   */
  public JointShare(Trainer worker, JointPart part, BatchSource source, Size size) {
    this.worker = worker;
    this.part = part;
    this.source = source;
    this.size = size;
  }

  /** The values at the cut of each batch's rows, by name. */
  public List<Map<String, Tensor>> embed(JointStart start) {
    restore(start);
    Model model = worker.model(JointPart.EMBEDDING);
    List<Map<String, Tensor>> all = new ArrayList<>();
    for (int i = 0; i < size.batches(); i++) {
      Map<String, Tensor> found = model.run(inputs(start, i, model.inputs()));
      Map<String, Tensor> values = new LinkedHashMap<>();
      part.rows()
          .forEach(
              row ->
                  values.put(
                      row.name(), Objects.requireNonNull(found.get(JointPart.ROWS + row.name()))));
      all.add(values);
    }
    return all;
  }

  /**
   * The state tensors that the backward pass of these rows has moved, by name.
   *
   * @param cotangents of all images of the update
   */
  public Map<String, Tensor> gradients(JointStart start, Map<String, Tensor> cotangents) {
    restore(start);
    List<TensorSpec> inputs = part.worker().program().training().inputs();
    worker.advance(new Fed(i -> batch(start, i, inputs, cotangents)), size.batches());
    return moved(worker.snapshot());
  }

  private Batch batch(
      JointStart start, int index, List<TensorSpec> inputs, Map<String, Tensor> cotangents) {
    Map<String, Tensor> tensors = inputs(start, index, inputs);
    part.rows().stream()
        .filter(row -> cotangents.containsKey(row.name()))
        .forEach(
            row ->
                tensors.put(
                    JointPart.COTANGENT + row.name(),
                    row.part(
                        Objects.requireNonNull(cotangents.get(row.name())),
                        size.firstOf(index),
                        size.rows())));
    return new Batch(size.rows(), tensors);
  }

  /** Of one batch, those that a model reads. */
  private Map<String, Tensor> inputs(JointStart start, int index, List<TensorSpec> wanted) {
    Map<String, Tensor> known = new LinkedHashMap<>(images(start.step()).get(index).tensors());
    known.putAll(start.fed(wanted));
    part.rowNumbers()
        .forEach(
            numbers ->
                known.put(
                    numbers.name(), numbers.of(size.firstOf(index), size.rows(), size.all())));
    known.keySet().retainAll(wanted.stream().map(TensorSpec::name).toList());
    return known;
  }

  /** Copies of an update's batches, which are otherwise valid one at a time. */
  private List<Batch> images(long step) {
    if (imagesOf != step) {
      long before = System.nanoTime();
      images = read(step);
      imagesOf = step;
      waitedNanos = System.nanoTime() - before;
    }
    return images;
  }

  /** Where reading ends early, the next attempt begins with the update's first batch again. */
  private List<Batch> read(long step) {
    BatchStream open = streamAt(step);
    List<Batch> read = new ArrayList<>();
    try {
      for (int i = 0; i < size.batches(); i++) {
        read.add(copy(open.next()));
      }
      return read;
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private static Batch copy(Batch batch) {
    Map<String, Tensor> copies = new LinkedHashMap<>();
    batch.tensors().forEach((name, tensor) -> copies.put(name, tensor.copy()));
    return new Batch(batch.size(), copies);
  }

  /** The open one, if the update follows the last. */
  private BatchStream streamAt(long step) {
    BatchStream open = stream;
    if (open == null || step != imagesOf + 1) {
      close();
      open = source.from(step * size.batches());
      stream = open;
    }
    return open;
  }

  /** Seconds that the images of the last update took to come. */
  public double secondsWaited() {
    return waitedNanos / NANOS;
  }

  private void restore(JointStart start) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (StateTensor tensor : part.worker().program().state()) {
      String name = tensor.name();
      state.put(
          name,
          name.startsWith(JointPart.SUM)
              ? tensor.initial()
              : Objects.requireNonNull(start.state().get(name), name));
    }
    worker.restore(new Snapshot(start.step(), Map.of(), state));
  }

  private Map<String, Tensor> moved(Snapshot after) {
    Map<String, Tensor> moved = new LinkedHashMap<>();
    for (StateTensor tensor : part.worker().program().state()) {
      if (!tensor.trained()) {
        moved.put(tensor.name(), Objects.requireNonNull(after.state().get(tensor.name())));
      }
    }
    return moved;
  }

  /** Lets go of the images. */
  @Override
  public void close() {
    if (stream != null) {
      stream.close();
      stream = null;
    }
    images = List.of();
    imagesOf = -1;
  }
}
