package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.ObjectiveMethod;
import java.util.Optional;

/** Registers UNITER. */
public final class UniterProvider extends ObjectiveMethod<UniterConfig> {

  public UniterProvider() {
    super(
        "uniter",
        "UNITER (Chen et al. 2020): one transformer guesses words and regions, and judges pairs",
        UniterConfig.DEFAULTS,
        UniterObjective.class);
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS);
  }
}
