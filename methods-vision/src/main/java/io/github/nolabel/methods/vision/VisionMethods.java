package io.github.nolabel.methods.vision;

import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.MethodTable;
import io.github.nolabel.methods.vision.barlow.BarlowTwinsConfig;
import io.github.nolabel.methods.vision.byol.ByolConfig;
import io.github.nolabel.methods.vision.dino.DinoConfig;
import io.github.nolabel.methods.vision.distil.DistilConfig;
import io.github.nolabel.methods.vision.moco.MoCoV2Config;
import io.github.nolabel.methods.vision.moco.MoCoV3Config;
import io.github.nolabel.methods.vision.simclr.SimClrConfig;
import io.github.nolabel.methods.vision.simsiam.SimSiamConfig;
import io.github.nolabel.methods.vision.swav.SwavConfig;
import java.util.List;

/** Registers the methods that learn from images alone. */
public final class VisionMethods implements MethodTable {

  @Override
  public List<MethodProvider<?>> methods() {
    return List.of(
        SimClrConfig.METHOD,
        ByolConfig.METHOD,
        MoCoV2Config.METHOD,
        MoCoV3Config.METHOD,
        BarlowTwinsConfig.METHOD,
        SimSiamConfig.METHOD,
        SwavConfig.METHOD,
        DinoConfig.METHOD,
        DistilConfig.METHOD);
  }
}
