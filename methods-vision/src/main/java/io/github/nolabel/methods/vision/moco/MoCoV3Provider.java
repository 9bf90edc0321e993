package io.github.nolabel.methods.vision.moco;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import io.github.nolabel.recipe.Recipes;
import java.util.Map;

/** Registers MoCo v3. */
public final class MoCoV3Provider implements MethodProvider<MoCoV3Config> {

  @Override
  public String name() {
    return "moco-v3";
  }

  @Override
  public String summary() {
    return "MoCo v3 (Chen, Xie and He 2021): predictions find the teacher's keys among the batch";
  }

  @Override
  public MoCoV3Config defaults() {
    return MoCoV3Config.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(getClass(), name());
  }

  @Override
  public Module module(MoCoV3Config config) {
    return new ObjectiveModule<>(MoCoV3Objective.class, MoCoV3Config.class, config);
  }
}
