package io.github.nolabel.methods.vision.swav;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.methods.vision.views.Recipes;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Map;

/** Registers SwAV. */
public final class SwavProvider implements MethodProvider<SwavConfig> {

  private static final String SMALL =
      """
      optimizer.learningRate=2e-3 schedule.warmupSteps=30 blur=false
      hiddenDim=256 numPrototypes=256 useTheQueue=false freezePrototypesSteps=30
      numCrops=2 localCropSize=16 minCropScale=0.3 minLocalCropScale=0.1 maxLocalCropScale=0.3
      colorJitterStrength=0.5
      """;

  private static final String CIFAR =
      """
      optimizer.algorithm=adam optimizer.learningRate=1e-3 optimizer.weightDecay=1e-6 blur=false
      hiddenDim=512 numPrototypes=512 numCrops=4 minCropScale=0.4
      minLocalCropScale=0.1 maxLocalCropScale=0.4 localCropSize=16
      """;

  private static final String IMAGENET =
      """
      optimizer.algorithm=lars optimizer.learningRate=0.6 optimizer.batchScaling=linear
      optimizer.weightDecay=1e-6 schedule.endFactor=0.001
      """;

  @Override
  public String name() {
    return "swav";
  }

  @Override
  public String summary() {
    return "SwAV (Caron et al. 2020): crops predict each other's assignment to prototypes";
  }

  @Override
  public SwavConfig defaults() {
    return SwavConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(SMALL, CIFAR, IMAGENET);
  }

  @Override
  public Module module(SwavConfig config) {
    return new ObjectiveModule<>(SwavObjective.class, SwavConfig.class, config);
  }
}
