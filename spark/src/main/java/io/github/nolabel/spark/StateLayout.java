package io.github.nolabel.spark;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.api.train.StateTensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** State as rows of numbers: what all workers share, and what each keeps for itself. */
final class StateLayout {

  private final RowLayout averaged;
  private final RowLayout local;

  StateLayout(List<StateTensor> state) {
    this.averaged = shared(state, Sharing.AVERAGED);
    this.local = shared(state, Sharing.LOCAL);
  }

  private static RowLayout shared(List<StateTensor> state, Sharing sharing) {
    return new RowLayout(state.stream().filter(t -> t.sharing() == sharing).toList());
  }

  float[] averaged(Map<String, Tensor> state) {
    return averaged.row(state);
  }

  float[] local(Map<String, Tensor> state) {
    return local.row(state);
  }

  /** The state tensors of both rows. */
  Map<String, Tensor> state(float[] shared, float[] own) {
    Map<String, Tensor> state = new LinkedHashMap<>(averaged.tensors(shared));
    state.putAll(local.tensors(own));
    return state;
  }

  /** Which numbers of the shared row gradients move. */
  boolean[] trained() {
    boolean[] trained = new boolean[averaged.length()];
    int at = 0;
    for (StateTensor tensor : averaged.tensors()) {
      int end = at + tensor.elements();
      Arrays.fill(trained, at, end, tensor.trained());
      at = end;
    }
    return trained;
  }
}
