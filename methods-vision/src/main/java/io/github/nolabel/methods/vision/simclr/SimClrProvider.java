package io.github.nolabel.methods.vision.simclr;

import io.github.nolabel.method.ObjectiveMethod;

/** Registers SimCLR. */
public final class SimClrProvider extends ObjectiveMethod<SimClrConfig> {

  public SimClrProvider() {
    super(
        "simclr",
        "SimCLR (Chen et al. 2020): two views of an image find each other among the batch",
        SimClrConfig.DEFAULTS,
        SimClrObjective.class);
  }
}
