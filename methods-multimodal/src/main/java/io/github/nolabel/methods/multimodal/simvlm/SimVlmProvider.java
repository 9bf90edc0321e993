package io.github.nolabel.methods.multimodal.simvlm;

import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.ObjectiveMethod;
import java.util.Optional;

/** Registers SimVLM. */
public final class SimVlmProvider extends ObjectiveMethod<SimVlmConfig> {

  public SimVlmProvider() {
    super(
        "simvlm",
        "SimVLM (Wang et al. 2022): predicts captions from the image and their first words",
        SimVlmConfig.DEFAULTS,
        SimVlmObjective.class);
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS.withNetwork("clip-tiny"));
  }
}
