package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import java.util.List;
import java.util.Map;

/** A network with frozen weights: named tensors in, named tensors out. Not thread-safe. */
public interface Model extends AutoCloseable {

  /** What must be given, by name. */
  List<TensorSpec> inputs();

  /** What is returned, by name. */
  List<TensorSpec> outputs();

  /**
   * Computes the outputs of one batch.
   *
   * @param inputs exactly those of {@link #inputs()}, all for the same number of samples
   * @return one tensor per output, by name, in order
   * @throws io.github.nolabel.api.UserMistake if an input is missing, unknown, or of another type
   *     or shape
   */
  Map<String, Tensor> run(Map<String, Tensor> inputs);

  @Override
  void close();
}
