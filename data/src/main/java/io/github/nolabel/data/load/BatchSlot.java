package io.github.nolabel.data.load;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.input.ViewFeed;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.view.DrawnView;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Memory for one batch, used again and again. Its counters belong to the stream's lock. */
final class BatchSlot {

  private final Batch batch;
  private final List<FloatBuffer> values = new ArrayList<>();
  private final List<Integer> rowLengths = new ArrayList<>();

  /** Which batch is being written or is ready here; -1 before the first. */
  long index = -1;

  /** Chunks not yet written. */
  int missing;

  /** What went wrong while this batch was written. */
  @Nullable Throwable failure;

  /**
   * @param feed in place of the views, if the graph renders them itself
   */
  BatchSlot(InputPlan plan, Optional<ViewFeed> feed, int batchSize) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    feed.ifPresent(views -> add(views.pictures(), batchSize, tensors));
    for (Input input : plan.inputs()) {
      add(spec(input, feed), batchSize, tensors);
    }
    for (Input input : plan.inputs()) {
      if (input instanceof Input.Image) {
        Tensor tensor = Objects.requireNonNull(tensors.get(spec(input, feed).name()));
        values.add(tensor.floats());
        rowLengths.add(tensor.elements() / batchSize);
      }
    }
    batch = new Batch(batchSize, Collections.unmodifiableMap(tensors));
  }

  private static void add(TensorSpec spec, int batchSize, Map<String, Tensor> tensors) {
    tensors.put(spec.name(), Tensor.zeros(spec.type(), spec.shape().at(batchSize)));
  }

  private static TensorSpec spec(Input input, Optional<ViewFeed> feed) {
    return feed.isPresent() && input instanceof Input.Image image
        ? new DrawnView(image.view()).spec()
        : input.spec();
  }

  Batch batch() {
    return batch;
  }

  /** The pictures of a graph that renders its views itself. */
  ByteBuffer pictures() {
    return Objects.requireNonNull(batch.tensors().get(ViewFeed.PICTURES)).bytes();
  }

  /** The numbers of every view, in order. */
  List<FloatBuffer> values() {
    return values;
  }

  FloatBuffer values(int view) {
    return values.get(view);
  }

  /** The whole numbers of an input. */
  LongBuffer whole(String input) {
    return Objects.requireNonNull(batch.tensors().get(input)).longs();
  }

  /** The numbers of an input. */
  FloatBuffer numbers(String input) {
    return Objects.requireNonNull(batch.tensors().get(input)).floats();
  }

  int rowLength(int view) {
    return rowLengths.get(view);
  }
}
