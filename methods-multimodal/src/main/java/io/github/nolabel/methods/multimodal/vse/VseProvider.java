package io.github.nolabel.methods.multimodal.vse;

import com.google.inject.Module;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;
import java.util.Optional;

/** Registers visual-semantic embeddings. */
public final class VseProvider implements MethodProvider<VseConfig> {

  @Override
  public String name() {
    return "vse";
  }

  @Override
  public String summary() {
    return "VSE (Faghri et al. 2018): images and captions beat their hardest rivals by a margin";
  }

  @Override
  public VseConfig defaults() {
    return VseConfig.DEFAULTS;
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS);
  }

  @Override
  public Map<String, String> runDefaults() {
    return Recipes.settings("optimizer.clipNorm=2");
  }

  @Override
  public Module module(VseConfig config) {
    return new ObjectiveModule<>(VseObjective.class, VseConfig.class, config);
  }
}
