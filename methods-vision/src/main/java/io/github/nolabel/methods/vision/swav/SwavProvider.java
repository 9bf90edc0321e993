package io.github.nolabel.methods.vision.swav;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;

/** Registers SwAV. */
public final class SwavProvider implements MethodProvider<SwavConfig> {

  @Override
  public String name() {
    return "swav";
  }

  @Override
  public String summary() {
    return "SwAV (Caron et al. 2020): crops predict each other's assignment to prototypes";
  }

  @Override
  public SwavConfig defaults() {
    return SwavConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(getClass(), name());
  }

  @Override
  public Module module(SwavConfig config) {
    return new ObjectiveModule<>(SwavObjective.class, SwavConfig.class, config);
  }
}
