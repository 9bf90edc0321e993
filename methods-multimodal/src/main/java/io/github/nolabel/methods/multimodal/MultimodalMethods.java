package io.github.nolabel.methods.multimodal;

import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.MethodTable;
import io.github.nolabel.methods.multimodal.albef.AlbefConfig;
import io.github.nolabel.methods.multimodal.clip.ClipConfig;
import io.github.nolabel.methods.multimodal.simvlm.SimVlmConfig;
import io.github.nolabel.methods.multimodal.slip.SlipConfig;
import io.github.nolabel.methods.multimodal.uniter.UniterConfig;
import io.github.nolabel.methods.multimodal.vse.VseConfig;
import java.util.List;

/** Registers the methods that learn from images and their captions. */
public final class MultimodalMethods implements MethodTable {

  @Override
  public List<MethodProvider<?>> methods() {
    return List.of(
        AlbefConfig.METHOD,
        ClipConfig.METHOD,
        SlipConfig.METHOD,
        VseConfig.METHOD,
        SimVlmConfig.METHOD,
        UniterConfig.METHOD);
  }
}
