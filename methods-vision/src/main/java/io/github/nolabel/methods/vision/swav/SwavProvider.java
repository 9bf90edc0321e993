package io.github.nolabel.methods.vision.swav;

import io.github.nolabel.method.ObjectiveMethod;

/** Registers SwAV. */
public final class SwavProvider extends ObjectiveMethod<SwavConfig> {

  public SwavProvider() {
    super(
        "swav",
        "SwAV (Caron et al. 2020): crops predict each other's assignment to prototypes",
        SwavConfig.DEFAULTS,
        SwavObjective.class);
  }
}
