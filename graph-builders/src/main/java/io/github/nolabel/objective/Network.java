package io.github.nolabel.objective;

import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** A network as a function from named values to named values. */
@FunctionalInterface
public interface Network {

  /** Declares the parameters under {@code scope}, once; the function may be applied many times. */
  UnaryOperator<Map<String, Value>> attach(Scope scope);

  /** The fragment that a classifier can be put on; empty if the network is no such. */
  default Optional<Fragment> fragment() {
    return Optional.empty();
  }

  /** {@code images} to {@code features}. */
  static Network ofImages(Fragment fragment) {
    return new Network() {
      @Override
      public UnaryOperator<Map<String, Value>> attach(Scope scope) {
        var function = fragment.attach(scope);
        return values ->
            Map.of(
                TrainingProgram.FEATURES,
                function.apply(
                    Objects.requireNonNull(values.get(TrainingProgram.IMAGES), "images")));
      }

      @Override
      public Optional<Fragment> fragment() {
        return Optional.of(fragment);
      }
    };
  }
}
