package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.runs.model.BackboneFile;
import java.util.Map;
import java.util.Optional;

/**
 * A network that is evaluated.
 *
 * @param name {@link #TRAINED} or {@link #UNTRAINED}
 * @param network what fine-tuning starts from; empty for a file, whose weights are fixed
 */
public record Subject(String name, BackboneFile backbone, Optional<Probes.Network> network) {

  public static final String TRAINED = "trained";
  public static final String UNTRAINED = "untrained";

  /** A run's network up to {@code cut} with these weights. */
  public static Subject of(
      String name, TrainedRun run, Map<String, Tensor> state, long step, String cut) {
    return new Subject(
        name,
        run.export(state, step, cut),
        Optional.of(
            new Probes.Network(run.method().classifiers(), state, cut, run.method().run())));
  }

  /** An exported network. */
  public static Subject of(BackboneFile file) {
    return new Subject(TRAINED, file, Optional.empty());
  }
}
