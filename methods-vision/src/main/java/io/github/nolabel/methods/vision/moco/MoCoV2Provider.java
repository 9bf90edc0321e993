package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.method.ObjectiveMethod;

/** Registers MoCo v2. */
public final class MoCoV2Provider extends ObjectiveMethod<MoCoV2Config> {

  public MoCoV2Provider() {
    super(
        "moco-v2",
        "MoCo v2 (Chen et al. 2020): a query finds its key among a queue of earlier keys",
        MoCoV2Config.DEFAULTS,
        MoCoV2Objective.class);
  }
}
