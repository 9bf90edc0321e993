package io.github.nolabel.data.load;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.ProbeInputs;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.view.View;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Memory for one batch, used again and again. Its counters belong to the stream's lock. */
final class BatchSlot {

  private final Batch batch;
  private final List<FloatBuffer> values = new ArrayList<>();
  private final int[] rowLengths;
  private final Tensor labels;

  /** Which batch is being written or is ready here; -1 before the first. */
  long index = -1;

  /** Chunks not yet written. */
  int missing;

  /** What went wrong while this batch was written. */
  @Nullable Throwable failure;

  BatchSlot(List<View> views, boolean labelled, int batchSize) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (View view : views) {
      Tensor tensor = Tensor.zeros(ElementType.FLOAT, batchSize, 3, view.size(), view.size());
      tensors.put(view.input(), tensor);
      values.add(tensor.floats());
    }
    labels = Tensor.zeros(ElementType.INT64, batchSize);
    if (labelled) {
      tensors.put(ProbeInputs.LABELS, labels);
    }
    rowLengths = views.stream().mapToInt(view -> 3 * view.size() * view.size()).toArray();
    batch = new Batch(batchSize, Collections.unmodifiableMap(tensors));
  }

  Batch batch() {
    return batch;
  }

  FloatBuffer values(int view) {
    return values.get(view);
  }

  void label(int row, int label) {
    labels.longs().put(row, label);
  }

  int rowLength(int view) {
    return rowLengths[view];
  }
}
