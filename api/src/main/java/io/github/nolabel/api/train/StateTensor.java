package io.github.nolabel.api.train;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import java.util.function.Supplier;

/**
 * A tensor that outlives the step: weights, running statistics, moments, queues.
 *
 * @param trained whether gradients move it; statistics and moments are moved by other rules
 * @param sharing what several workers make of it; the mechanism that keeps it decides
 * @param drawing gives its first values, the same each time
 */
public record StateTensor(
    TensorSpec spec, boolean trained, Sharing sharing, Supplier<Tensor> drawing) {

  /** One that begins with values that are there already. */
  public StateTensor(String name, boolean trained, Sharing sharing, Tensor initial) {
    this(new TensorSpec(name, initial.type(), initial.shape()), trained, sharing, () -> initial);
  }

  public String name() {
    return spec.name();
  }

  public ElementType type() {
    return spec.type();
  }

  public Shape shape() {
    return spec.shape();
  }

  public int elements() {
    return Math.toIntExact(shape().elements().extent());
  }

  /**
   * Its first values, drawn at every call where they are random: they take memory only as long as
   * the caller keeps them. Not to be written to.
   */
  public Tensor initial() {
    return drawing.get();
  }
}
