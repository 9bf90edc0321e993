package io.github.nolabel.runtime.session;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.runtime.checkpoint.StateSource;
import java.util.Map;

/** Runs one program and keeps its state. Not thread-safe. */
public interface StepExecutor extends AutoCloseable {

  /**
   * One run of the training model; it writes the state.
   *
   * @param batch values of the data inputs
   * @param scalars values of all other inputs by name
   * @return all outputs by name in the model's order; a truth value is 1 or 0
   */
  Map<String, Double> step(Batch batch, Map<String, Double> scalars);

  /**
   * One run of an evaluation model; the state stays as it is.
   *
   * @param model one of the program's
   * @param inputs exactly the model's own, all for the same number of samples
   */
  Map<String, Tensor> evaluate(String model, Map<String, Tensor> inputs);

  /** Copies of all state tensors, in the program's order. */
  Map<String, Tensor> state();

  /** The state one tensor after another, as it is when each is asked for. */
  StateSource source();

  /**
   * Gives all state tensors other values.
   *
   * @throws IllegalArgumentException if they are not the program's
   */
  void restore(Map<String, Tensor> state);

  /** Forgets the batches seen so far, so that their memory can be reclaimed. */
  void releaseBatches();

  @Override
  void close();
}
