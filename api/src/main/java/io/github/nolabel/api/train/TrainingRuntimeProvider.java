package io.github.nolabel.api.train;

import io.github.nolabel.api.option.NamedService;

/** The one type a runtime registers with {@link java.util.ServiceLoader}. */
public interface TrainingRuntimeProvider extends NamedService {

  /** Opens the runtime; native libraries are loaded here, not before. */
  TrainingRuntime open();
}
