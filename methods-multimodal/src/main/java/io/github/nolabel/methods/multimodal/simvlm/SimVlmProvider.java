package io.github.nolabel.methods.multimodal.simvlm;

import com.google.inject.Module;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Optional;

/** Registers SimVLM. */
public final class SimVlmProvider implements MethodProvider<SimVlmConfig> {

  @Override
  public String name() {
    return "simvlm";
  }

  @Override
  public String summary() {
    return "SimVLM (Wang et al. 2022): predicts captions from the image and their first words";
  }

  @Override
  public SimVlmConfig defaults() {
    return SimVlmConfig.DEFAULTS;
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS.withNetwork("clip-tiny"));
  }

  @Override
  public Module module(SimVlmConfig config) {
    return new ObjectiveModule<>(SimVlmObjective.class, SimVlmConfig.class, config);
  }
}
