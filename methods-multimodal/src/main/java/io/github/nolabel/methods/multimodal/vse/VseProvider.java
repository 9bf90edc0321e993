package io.github.nolabel.methods.multimodal.vse;

import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.method.ObjectiveMethod;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;
import java.util.Optional;

/** Registers visual-semantic embeddings. */
public final class VseProvider extends ObjectiveMethod<VseConfig> {

  public VseProvider() {
    super(
        "vse",
        "VSE (Faghri et al. 2018): images and captions beat their hardest rivals by a margin",
        VseConfig.DEFAULTS,
        VseObjective.class);
  }

  @Override
  public Optional<TextConfig> texts() {
    return Optional.of(TextConfig.DEFAULTS);
  }

  @Override
  public Map<String, String> runDefaults() {
    return Recipes.settings("optimizer.clipNorm=2");
  }
}
