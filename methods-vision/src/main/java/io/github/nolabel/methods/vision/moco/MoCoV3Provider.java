package io.github.nolabel.methods.vision.moco;

import io.github.nolabel.method.ObjectiveMethod;

/** Registers MoCo v3. */
public final class MoCoV3Provider extends ObjectiveMethod<MoCoV3Config> {

  public MoCoV3Provider() {
    super(
        "moco-v3",
        "MoCo v3 (Chen, Xie and He 2021): predictions find the teacher's keys among the batch",
        MoCoV3Config.DEFAULTS,
        MoCoV3Objective.class);
  }
}
