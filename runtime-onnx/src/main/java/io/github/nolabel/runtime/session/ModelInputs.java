package io.github.nolabel.runtime.session;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The inputs of a model, and whether what is given fits them. */
record ModelInputs(List<TensorSpec> specs) {

  /**
   * Returns how many samples the tensors hold.
   *
   * @throws UserMistake if an input is missing, unknown, or of another type or shape
   */
  long check(Map<String, Tensor> values) {
    List<String> names = specs.stream().map(TensorSpec::name).toList();
    for (String given : values.keySet()) {
      Require.that(
          names.contains(given), "The model has no input '%s'; it has %s.".formatted(given, specs));
    }
    long count = count(values);
    for (TensorSpec spec : specs) {
      Tensor value = require(values, spec);
      Shape expected = Shape.of(spec.shape().at(count));
      Require.that(
          value.type() == spec.type() && value.shape().equals(expected),
          "The model expects '%s' for %d samples, got %s.".formatted(spec, count, value));
    }
    return count;
  }

  /** Samples in the first tensor with a batch axis; one if none has any. */
  private long count(Map<String, Tensor> values) {
    for (TensorSpec spec : specs) {
      Tensor value = require(values, spec);
      boolean batched = spec.shape().rank() > 0 && spec.shape().dims().get(0).equals(Dim.BATCH);
      if (batched && value.shape().rank() > 0) {
        return value.shape().extent(0);
      }
    }
    return 1;
  }

  /** The values in the order of the inputs. */
  List<Tensor> ordered(Map<String, Tensor> values) {
    return specs.stream().map(spec -> require(values, spec)).toList();
  }

  private Tensor require(Map<String, Tensor> values, TensorSpec spec) {
    Tensor value = values.get(spec.name());
    if (value == null) {
      throw new UserMistake(
          "The model needs the input '%s', got %s.".formatted(spec, values.keySet()));
    }
    return value;
  }

  /** Tensors for outputs of so many samples. */
  static Map<String, Tensor> empty(List<TensorSpec> outputs, long count) {
    Map<String, Tensor> results = new LinkedHashMap<>();
    for (TensorSpec output : outputs) {
      results.put(output.name(), Tensor.zeros(output.type(), output.shape().at(count)));
    }
    return results;
  }

  /** Requires that the tensor is this input of a training step, for so many examples. */
  static void requireBatch(Tensor tensor, TensorSpec spec, long batchSize) {
    Shape expected = Shape.of(spec.shape().at(batchSize));
    if (tensor.type() != spec.type() || !tensor.shape().equals(expected)) {
      throw new IllegalStateException(
          "'%s' expects %s%s for a batch of %d, got %s"
              .formatted(spec.name(), spec.type(), expected, batchSize, tensor));
    }
  }
}
