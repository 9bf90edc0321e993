package com.example.vicreg;

import io.github.nolabel.method.ObjectiveMethod;
import java.util.Map;

/** Registers VICReg. */
public final class VicRegProvider extends ObjectiveMethod<VicRegConfig> {

  public VicRegProvider() {
    super("vicreg", "VICReg (Bardes et al. 2022): variance, invariance and covariance of two views", VicRegConfig.DEFAULTS, VicRegObjective.class);
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Map.of("small", Map.of("projectionDim", "256", "optimizer.algorithm", "lion"));
  }
}
