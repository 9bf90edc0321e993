package io.github.nolabel.methods.vision.simsiam;

import io.github.nolabel.method.ObjectiveMethod;

/** Registers SimSiam. */
public final class SimSiamProvider extends ObjectiveMethod<SimSiamConfig> {

  public SimSiamProvider() {
    super(
        "simsiam",
        "SimSiam (Chen and He 2021): one view predicts the other, gradients stop at the target",
        SimSiamConfig.DEFAULTS,
        SimSiamObjective.class);
  }
}
