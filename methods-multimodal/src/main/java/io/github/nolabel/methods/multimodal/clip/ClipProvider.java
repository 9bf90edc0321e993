package io.github.nolabel.methods.multimodal.clip;

import com.google.inject.Module;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Optional;

/** Registers CLIP. */
public final class ClipProvider implements MethodProvider<ClipConfig> {

  @Override
  public String name() {
    return "clip";
  }

  @Override
  public String summary() {
    return "CLIP (Radford et al. 2021): images and captions find each other; useSiglip for SigLIP";
  }

  @Override
  public ClipConfig defaults() {
    return ClipConfig.DEFAULTS;
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS.withNetwork("clip-tiny"));
  }

  @Override
  public Module module(ClipConfig config) {
    return new ObjectiveModule<>(ClipObjective.class, ClipConfig.class, config);
  }
}
