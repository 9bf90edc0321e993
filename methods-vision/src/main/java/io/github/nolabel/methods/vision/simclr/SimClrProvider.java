package io.github.nolabel.methods.vision.simclr;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;

/** Registers SimCLR. */
public final class SimClrProvider implements MethodProvider<SimClrConfig> {

  @Override
  public String name() {
    return "simclr";
  }

  @Override
  public String summary() {
    return "SimCLR (Chen et al. 2020): two views of an image find each other among the batch";
  }

  @Override
  public SimClrConfig defaults() {
    return SimClrConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(getClass(), name());
  }

  @Override
  public Module module(SimClrConfig config) {
    return new ObjectiveModule<>(SimClrObjective.class, SimClrConfig.class, config);
  }
}
