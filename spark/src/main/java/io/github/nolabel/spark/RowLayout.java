package io.github.nolabel.spark;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.StateTensor;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** State tensors as one row of numbers, in their order. */
record RowLayout(List<StateTensor> tensors) {

  RowLayout {
    tensors = List.copyOf(tensors);
  }

  int length() {
    return Math.toIntExact(tensors.stream().mapToLong(t -> t.elements()).sum());
  }

  float[] row(Map<String, Tensor> state) {
    FloatBuffer row = FloatBuffer.allocate(length());
    tensors.forEach(t -> row.put(Objects.requireNonNull(state.get(t.name()), t.name()).floats()));
    return row.array();
  }

  /**
   * @throws IllegalStateException if the row is that of another layout
   */
  Map<String, Tensor> tensors(float[] row) {
    if (row.length != length()) {
      throw new IllegalStateException(
          "a worker's program has %d numbers of state where another one has %d: all need the same version of Nolabel"
              .formatted(length(), row.length));
    }
    Map<String, Tensor> state = new LinkedHashMap<>();
    int at = 0;
    for (StateTensor tensor : tensors) {
      Tensor filled = Tensor.zeros(tensor.type(), tensor.shape());
      filled.floats().put(row, at, filled.elements());
      at += filled.elements();
      state.put(tensor.name(), filled);
    }
    return state;
  }
}
