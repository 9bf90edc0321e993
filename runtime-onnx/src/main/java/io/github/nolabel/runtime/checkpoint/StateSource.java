package io.github.nolabel.runtime.checkpoint;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.StateTensor;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * State that can be had tensor by tensor, so that nobody has to hold all of it.
 *
 * @param tensors in the order of their names
 * @param values of one of them; good until the next is asked for
 */
public record StateSource(List<TensorSpec> tensors, Function<TensorSpec, Tensor> values) {

  public StateSource {
    tensors = tensors.stream().sorted(Comparator.comparing(TensorSpec::name)).toList();
  }

  /** Values that are there already. */
  public static StateSource of(Map<String, Tensor> held) {
    return new StateSource(
        new TreeMap<>(held)
            .entrySet().stream()
                .map(e -> new TensorSpec(e.getKey(), e.getValue().type(), e.getValue().shape()))
                .toList(),
        spec -> Objects.requireNonNull(held.get(spec.name()), spec.name()));
  }

  /** What a run begins with; drawn as it is asked for. */
  public static StateSource initial(List<StateTensor> state) {
    Map<String, StateTensor> byName = new TreeMap<>();
    state.forEach(tensor -> byName.put(tensor.name(), tensor));
    return new StateSource(
        state.stream().map(StateTensor::spec).toList(),
        spec -> Objects.requireNonNull(byName.get(spec.name()), spec.name()).initial());
  }

  /**
   * The same, but for those that {@code others} has.
   *
   * @throws UserMistake when it is asked for, if one of them has another type or shape
   */
  public StateSource with(Map<String, Tensor> others) {
    return new StateSource(
        tensors,
        spec -> {
          Tensor other = others.get(spec.name());
          return other == null ? values.apply(spec) : fitting(other, spec);
        });
  }

  private static Tensor fitting(Tensor other, TensorSpec spec) {
    if (other.type() != spec.type() || !other.shape().equals(spec.shape())) {
      throw new UserMistake(
          "The weights to start with have '%s' as %s, this program needs %s%s. Were they trained with another backbone or other options?"
              .formatted(spec.name(), other, spec.type(), spec.shape()));
    }
    return other;
  }
}
