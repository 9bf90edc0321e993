package io.github.nolabel.methods.vision.byol;

import io.github.nolabel.method.ObjectiveMethod;

/** Registers BYOL. */
public final class ByolProvider extends ObjectiveMethod<ByolConfig> {

  public ByolProvider() {
    super(
        "byol",
        "BYOL (Grill et al. 2020): the student predicts a slowly moving teacher's view",
        ByolConfig.DEFAULTS,
        ByolObjective.class);
  }
}
