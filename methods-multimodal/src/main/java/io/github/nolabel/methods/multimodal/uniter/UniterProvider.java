package io.github.nolabel.methods.multimodal.uniter;

import com.google.inject.Module;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Optional;

/** Registers UNITER. */
public final class UniterProvider implements MethodProvider<UniterConfig> {

  @Override
  public String name() {
    return "uniter";
  }

  @Override
  public String summary() {
    return "UNITER (Chen et al. 2020): one transformer guesses words and regions, and judges pairs";
  }

  @Override
  public UniterConfig defaults() {
    return UniterConfig.DEFAULTS;
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS);
  }

  @Override
  public Module module(UniterConfig config) {
    return new ObjectiveModule<>(UniterObjective.class, UniterConfig.class, config);
  }
}
