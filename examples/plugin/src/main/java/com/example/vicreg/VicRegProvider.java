package com.example.vicreg;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Map;

/** Registers VICReg. */
public final class VicRegProvider implements MethodProvider<VicRegConfig> {

  @Override
  public String name() {
    return "vicreg";
  }

  @Override
  public String summary() {
    return "VICReg (Bardes et al. 2022): variance, invariance and covariance of two views";
  }

  @Override
  public VicRegConfig defaults() {
    return VicRegConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Map.of("small", Map.of("projectionDim", "256", "optimizer.algorithm", "lion"));
  }

  @Override
  public Module module(VicRegConfig config) {
    return new ObjectiveModule<>(VicRegObjective.class, VicRegConfig.class, config);
  }
}
