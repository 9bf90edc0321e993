package io.github.nolabel.methods.vision.dino;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;

/** Registers DINO. */
public final class DinoProvider implements MethodProvider<DinoConfig> {

  @Override
  public String name() {
    return "dino";
  }

  @Override
  public String summary() {
    return "DINO (Caron et al. 2021): crops match a centred, sharpened teacher without labels";
  }

  @Override
  public DinoConfig defaults() {
    return DinoConfig.DEFAULTS;
  }

  @Override
  public Map<String, String> runDefaults() {
    return Recipes.settings(
        "optimizer.weightDecay=0.04 optimizer.weightDecayEnd=0.4 optimizer.decayEmbeddings=true"
            + " optimizer.clipNorm=3 optimizer.clipEach=true");
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(getClass(), name());
  }

  @Override
  public Module module(DinoConfig config) {
    return new ObjectiveModule<>(DinoObjective.class, DinoConfig.class, config);
  }
}
