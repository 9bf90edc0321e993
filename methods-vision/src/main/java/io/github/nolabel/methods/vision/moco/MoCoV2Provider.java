package io.github.nolabel.methods.vision.moco;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;

/** Registers MoCo v2. */
public final class MoCoV2Provider implements MethodProvider<MoCoV2Config> {

  @Override
  public String name() {
    return "moco-v2";
  }

  @Override
  public String summary() {
    return "MoCo v2 (Chen et al. 2020): a query finds its key among a queue of earlier keys";
  }

  @Override
  public MoCoV2Config defaults() {
    return MoCoV2Config.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(getClass(), name());
  }

  @Override
  public Module module(MoCoV2Config config) {
    return new ObjectiveModule<>(MoCoV2Objective.class, MoCoV2Config.class, config);
  }
}
