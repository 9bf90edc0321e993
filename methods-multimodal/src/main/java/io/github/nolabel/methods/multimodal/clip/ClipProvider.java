package io.github.nolabel.methods.multimodal.clip;

import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.ObjectiveMethod;
import java.util.Optional;

/** Registers CLIP. */
public final class ClipProvider extends ObjectiveMethod<ClipConfig> {

  public ClipProvider() {
    super(
        "clip",
        "CLIP (Radford et al. 2021): images and captions find each other; useSiglip for SigLIP",
        ClipConfig.DEFAULTS,
        ClipObjective.class);
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS.withNetwork("clip-tiny"));
  }
}
