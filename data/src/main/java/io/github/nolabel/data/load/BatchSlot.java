package io.github.nolabel.data.load;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.view.View;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Memory for one batch, used again and again. Its counters belong to the stream's lock. */
final class BatchSlot {

  private final Batch batch;
  private final List<FloatBuffer> values = new ArrayList<>();
  private final int[] rowLengths;

  /** Which batch is being written or is ready here; -1 before the first. */
  long index = -1;

  /** Chunks not yet written. */
  int missing;

  /** What went wrong while this batch was written. */
  @Nullable Throwable failure;

  BatchSlot(InputPlan plan, int batchSize) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (Input input : plan.inputs()) {
      TensorSpec spec = input.spec();
      tensors.put(spec.name(), Tensor.zeros(spec.type(), spec.shape().at(batchSize)));
    }
    for (View view : plan.views()) {
      values.add(Objects.requireNonNull(tensors.get(view.input())).floats());
    }
    rowLengths = plan.views().stream().mapToInt(v -> 3 * v.size() * v.size()).toArray();
    batch = new Batch(batchSize, Collections.unmodifiableMap(tensors));
  }

  Batch batch() {
    return batch;
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
    return rowLengths[view];
  }
}
