package io.github.nolabel.methods.vision.dino;

import io.github.nolabel.method.ObjectiveMethod;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;

/** Registers DINO. */
public final class DinoProvider extends ObjectiveMethod<DinoConfig> {

  public DinoProvider() {
    super(
        "dino",
        "DINO (Caron et al. 2021): crops match a centred, sharpened teacher without labels",
        DinoConfig.DEFAULTS,
        DinoObjective.class);
  }

  @Override
  public Map<String, String> runDefaults() {
    return Recipes.settings(
        "optimizer.weightDecay=0.04 optimizer.weightDecayEnd=0.4 optimizer.decayEmbeddings=true"
            + " optimizer.clipNorm=3 optimizer.clipEach=true");
  }
}
