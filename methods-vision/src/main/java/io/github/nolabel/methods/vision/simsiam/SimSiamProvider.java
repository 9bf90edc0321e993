package io.github.nolabel.methods.vision.simsiam;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;

/** Registers SimSiam. */
public final class SimSiamProvider implements MethodProvider<SimSiamConfig> {

  @Override
  public String name() {
    return "simsiam";
  }

  @Override
  public String summary() {
    return "SimSiam (Chen and He 2021): one view predicts the other, gradients stop at the target";
  }

  @Override
  public SimSiamConfig defaults() {
    return SimSiamConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(getClass(), name());
  }

  @Override
  public Module module(SimSiamConfig config) {
    return new ObjectiveModule<>(SimSiamObjective.class, SimSiamConfig.class, config);
  }
}
