package io.github.nolabel.api.joint;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.train.Snapshot;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where an update begins.
 *
 * @param step updates done
 * @param state by name, at least what the networks read
 * @param scalars that controllers feed, by input
 */
public record JointStart(long step, Map<String, Tensor> state, Map<String, Double> scalars) {

  public JointStart {
    state = Collections.unmodifiableMap(new LinkedHashMap<>(state));
    scalars = Collections.unmodifiableMap(new LinkedHashMap<>(scalars));
  }

  /**
   * @param images of the update
   */
  static JointStart of(Snapshot from, List<Controller> controllers, int images) {
    FedScalars fed = new FedScalars(from.step(), images, from.slots());
    controllers.forEach(controller -> controller.beforeStep(fed));
    return new JointStart(from.step(), from.state(), fed.values());
  }

  /** The scalars among {@code inputs} as tensors. */
  Map<String, Tensor> fed(Collection<TensorSpec> inputs) {
    Map<String, Tensor> fed = new LinkedHashMap<>();
    for (TensorSpec input : inputs) {
      Double value = scalars.get(input.name());
      if (value != null) {
        fed.put(input.name(), scalar(input, value));
      }
    }
    return fed;
  }

  private static Tensor scalar(TensorSpec spec, double value) {
    Tensor scalar = Tensor.zeros(spec.type());
    switch (spec.type()) {
      case FLOAT -> scalar.floats().put(0, (float) value);
      case INT64 -> scalar.longs().put(0, (long) value);
      case DOUBLE -> scalar.doubles().put(0, value);
      case INT32 -> scalar.ints().put(0, (int) value);
      case BOOL, UINT8 -> scalar.bytes().put(0, (byte) value);
      case FLOAT16 -> throw new IllegalStateException("no controller feeds " + ElementType.FLOAT16);
    }
    return scalar;
  }
}
