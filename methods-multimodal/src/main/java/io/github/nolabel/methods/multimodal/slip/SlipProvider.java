package io.github.nolabel.methods.multimodal.slip;

import com.google.inject.Module;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Optional;

/** Registers SLIP. */
public final class SlipProvider implements MethodProvider<SlipConfig> {

  @Override
  public String name() {
    return "slip";
  }

  @Override
  public String summary() {
    return "SLIP (Mu et al. 2022): CLIP, and two further views of an image find each other";
  }

  @Override
  public SlipConfig defaults() {
    return SlipConfig.DEFAULTS;
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS.withNetwork("clip-tiny"));
  }

  @Override
  public Module module(SlipConfig config) {
    return new ObjectiveModule<>(SlipObjective.class, SlipConfig.class, config);
  }
}
