package io.github.nolabel.methods.vision.dino;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.methods.vision.views.Recipes;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Map;

/** Registers DINO. */
public final class DinoProvider implements MethodProvider<DinoConfig> {

  private static final String SMALL =
      """
      optimizer.learningRate=2e-3 schedule.warmupSteps=30 blur=false
      projectionDim=512 hiddenDim=256 bottleneckDim=128 useBnInHead=true
      movingAverageDecay=0.99 warmupTempTeacherEpochs=3
      numCrops=2 localCropSize=16 minCropScale=0.3 minLocalCropScale=0.1 maxLocalCropScale=0.3
      optimizer.weightDecay=1e-4 optimizer.weightDecayEnd=-1
      """;

  private static final String CIFAR =
      """
      optimizer.algorithm=sgd optimizer.learningRate=0.12 optimizer.batchScaling=linear
      optimizer.weightDecay=5e-4 blur=false
      projectionDim=2048 movingAverageDecay=0.99 useBnInHead=true numCrops=4
      minLocalCropScale=0.1 maxLocalCropScale=0.4 localCropSize=16 warmupTempTeacherEpochs=5
      """;

  private static final String IMAGENET =
      """
      optimizer.algorithm=adamw optimizer.learningRate=5e-4 optimizer.batchScaling=linear
      optimizer.weightDecay=0.04 optimizer.weightDecayEnd=0.4 optimizer.clipNorm=3
      schedule.warmupEpochs=10
      """;

  @Override
  public String name() {
    return "dino";
  }

  @Override
  public String summary() {
    return "DINO (Caron et al. 2021): crops match a centred, sharpened teacher without labels";
  }

  @Override
  public DinoConfig defaults() {
    return DinoConfig.DEFAULTS;
  }

  @Override
  public Map<String, String> runDefaults() {
    return Recipes.settings(
        "optimizer.weightDecay=0.04 optimizer.weightDecayEnd=0.4 optimizer.clipNorm=3");
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(SMALL, CIFAR, IMAGENET);
  }

  @Override
  public Module module(DinoConfig config) {
    return new ObjectiveModule<>(DinoObjective.class, DinoConfig.class, config);
  }
}
