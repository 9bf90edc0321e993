package io.github.nolabel.methods.vision.byol;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;

/** Registers BYOL. */
public final class ByolProvider implements MethodProvider<ByolConfig> {

  @Override
  public String name() {
    return "byol";
  }

  @Override
  public String summary() {
    return "BYOL (Grill et al. 2020): the student predicts a slowly moving teacher's view";
  }

  @Override
  public ByolConfig defaults() {
    return ByolConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(getClass(), name());
  }

  @Override
  public Module module(ByolConfig config) {
    return new ObjectiveModule<>(ByolObjective.class, ByolConfig.class, config);
  }
}
