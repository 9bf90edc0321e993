package io.github.nolabel.methods.vision.barlow;

import io.github.nolabel.method.ObjectiveMethod;

/** Registers Barlow Twins. */
public final class BarlowTwinsProvider extends ObjectiveMethod<BarlowTwinsConfig> {

  public BarlowTwinsProvider() {
    super(
        "barlow-twins",
        "Barlow Twins (Zbontar et al. 2021): two views agree feature by feature, features differ",
        BarlowTwinsConfig.DEFAULTS,
        BarlowTwinsObjective.class);
  }
}
