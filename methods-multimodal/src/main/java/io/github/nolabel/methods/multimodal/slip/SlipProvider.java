package io.github.nolabel.methods.multimodal.slip;

import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.ObjectiveMethod;
import java.util.Optional;

/** Registers SLIP. */
public final class SlipProvider extends ObjectiveMethod<SlipConfig> {

  public SlipProvider() {
    super(
        "slip",
        "SLIP (Mu et al. 2022): CLIP, and two further views of an image find each other",
        SlipConfig.DEFAULTS,
        SlipObjective.class);
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS.withNetwork("clip-tiny"));
  }
}
