package io.github.nolabel.spark;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.api.train.StateTensor;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** State as rows of numbers: what all workers share, and what each keeps for itself. */
final class StateLayout {

  private final List<StateTensor> averaged;
  private final List<StateTensor> local;

  StateLayout(List<StateTensor> state) {
    this.averaged = state.stream().filter(t -> t.sharing() == Sharing.AVERAGED).toList();
    this.local = state.stream().filter(t -> t.sharing() == Sharing.LOCAL).toList();
  }

  float[] averaged(Map<String, Tensor> state) {
    return row(averaged, state);
  }

  float[] local(Map<String, Tensor> state) {
    return row(local, state);
  }

  /** The state tensors of both rows. */
  Map<String, Tensor> state(float[] shared, float[] own) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    fill(averaged, shared, state);
    fill(local, own, state);
    return state;
  }

  /** Which numbers of the shared row gradients move. */
  boolean[] trained() {
    boolean[] trained = new boolean[length(averaged)];
    int at = 0;
    for (StateTensor tensor : averaged) {
      int end = at + tensor.initial().elements();
      Arrays.fill(trained, at, end, tensor.trained());
      at = end;
    }
    return trained;
  }

  private static float[] row(List<StateTensor> tensors, Map<String, Tensor> state) {
    FloatBuffer row = FloatBuffer.allocate(length(tensors));
    tensors.forEach(t -> row.put(Objects.requireNonNull(state.get(t.name()), t.name()).floats()));
    return row.array();
  }

  private static void fill(List<StateTensor> tensors, float[] row, Map<String, Tensor> into) {
    if (row.length != length(tensors)) {
      throw new IllegalStateException(
          "a worker's program has %d numbers of state where another one has %d: all need the same version of Nolabel"
              .formatted(length(tensors), row.length));
    }
    int at = 0;
    for (StateTensor tensor : tensors) {
      Tensor filled = Tensor.zeros(tensor.initial().type(), tensor.initial().shape());
      filled.floats().put(row, at, filled.elements());
      at += filled.elements();
      into.put(tensor.name(), filled);
    }
  }

  private static int length(List<StateTensor> tensors) {
    return Math.toIntExact(tensors.stream().mapToLong(t -> t.initial().elements()).sum());
  }
}
