package io.github.nolabel.methods.vision.barlow;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;

/** Registers Barlow Twins. */
public final class BarlowTwinsProvider implements MethodProvider<BarlowTwinsConfig> {

  @Override
  public String name() {
    return "barlow-twins";
  }

  @Override
  public String summary() {
    return "Barlow Twins (Zbontar et al. 2021): two views agree feature by feature, features differ";
  }

  @Override
  public BarlowTwinsConfig defaults() {
    return BarlowTwinsConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(getClass(), name());
  }

  @Override
  public Module module(BarlowTwinsConfig config) {
    return new ObjectiveModule<>(BarlowTwinsObjective.class, BarlowTwinsConfig.class, config);
  }
}
