package io.github.nolabel.methods.multimodal.albef;

import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.ObjectiveMethod;
import java.util.Optional;

/** Registers ALBEF. */
public final class AlbefProvider extends ObjectiveMethod<AlbefConfig> {

  public AlbefProvider() {
    super(
        "albef",
        "ALBEF (Li et al. 2021): align images and captions, then read both together",
        AlbefConfig.DEFAULTS,
        AlbefObjective.class);
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS);
  }
}
