package io.github.nolabel.spark;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Snapshot;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a checkpoint holds besides the state: what every worker but the first keeps for itself, and
 * the outer momentum. The first worker's is part of the state, so that one machine can go on, too.
 */
final class KeptApart {

  private static final String VELOCITY = "outer/velocity";
  private static final String WORKER = "worker-%05d/";
  private static final String TENSORS = "tensors";
  private static final String SLOT = "slot/";

  private KeptApart() {}

  static Map<String, Tensor> of(List<LocalState> workers, float[] velocity) {
    Map<String, Tensor> apart = new LinkedHashMap<>();
    workers.stream().filter(local -> local.worker() > 0).forEach(local -> put(local, apart));
    if (velocity.length > 0) {
      apart.put(VELOCITY, Tensor.of(velocity, velocity.length));
    }
    return apart;
  }

  private static void put(LocalState local, Map<String, Tensor> apart) {
    String prefix = WORKER.formatted(local.worker());
    apart.put(prefix + TENSORS, Tensor.of(local.tensors().numbers(), local.tensors().length()));
    local
        .slots()
        .forEach(
            (name, value) -> {
              Tensor slot = Tensor.zeros(ElementType.DOUBLE, 1);
              slot.doubles().put(0, value);
              apart.put(prefix + SLOT + name, slot);
            });
  }

  /**
   * What so many workers begin with: each what it had, and those that are new what an earlier one
   * had, taken in turn.
   *
   * @param first the first worker's tensors in one row
   */
  static List<LocalState> workers(Snapshot from, Row first, int count) {
    Map<Integer, LocalState> had = new TreeMap<>();
    had.put(0, new LocalState(0, first, from.slots()));
    for (int worker = 1; from.apart().containsKey(WORKER.formatted(worker) + TENSORS); worker++) {
      had.put(worker, of(worker, from.apart()));
    }
    List<LocalState> workers = new ArrayList<>();
    for (int worker = 0; worker < count; worker++) {
      workers.add(had.getOrDefault(worker % had.size(), had.get(0)).of(worker));
    }
    return workers;
  }

  private static LocalState of(int worker, Map<String, Tensor> apart) {
    String prefix = WORKER.formatted(worker);
    Map<String, Double> slots = new LinkedHashMap<>();
    Row[] tensors = {Row.EMPTY};
    apart.forEach(
        (name, tensor) -> {
          if (name.equals(prefix + TENSORS)) {
            tensors[0] = new Row(tensor.toFloats());
          } else if (name.startsWith(prefix + SLOT)) {
            slots.put(name.substring((prefix + SLOT).length()), tensor.doubles().get(0));
          }
        });
    return new LocalState(worker, tensors[0], slots);
  }

  /** The outer momentum; zero where it begins. */
  static float[] velocity(Snapshot from, int length) {
    Tensor kept = from.apart().get(VELOCITY);
    return kept == null ? new float[length] : kept.toFloats();
  }
}
