package io.github.nolabel.methods.multimodal.albef;

import com.google.inject.Module;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Optional;

/** Registers ALBEF. */
public final class AlbefProvider implements MethodProvider<AlbefConfig> {

  @Override
  public String name() {
    return "albef";
  }

  @Override
  public String summary() {
    return "ALBEF (Li et al. 2021): align images and captions, then read both together";
  }

  @Override
  public AlbefConfig defaults() {
    return AlbefConfig.DEFAULTS;
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS);
  }

  @Override
  public Module module(AlbefConfig config) {
    return new ObjectiveModule<>(AlbefObjective.class, AlbefConfig.class, config);
  }
}
