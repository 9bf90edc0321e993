package io.github.nolabel.methods.vision.moco;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.methods.vision.views.Recipes;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Map;

/** Registers MoCo v3. */
public final class MoCoV3Provider implements MethodProvider<MoCoV3Config> {

  private static final String SMALL =
      """
      optimizer.learningRate=2e-3 schedule.warmupSteps=30 blur=false
      hiddenDim=512 projectionDim=128
      """;

  private static final String CIFAR =
      """
      optimizer.algorithm=sgd optimizer.learningRate=0.12 optimizer.batchScaling=linear
      optimizer.weightDecay=5e-4 blur=false
      temperature=0.2 hiddenDim=1024
      """;

  private static final String IMAGENET =
      """
      optimizer.algorithm=lars optimizer.learningRate=0.3 optimizer.batchScaling=linear
      optimizer.weightDecay=1.5e-6 schedule.warmupEpochs=10 temperature=1 minCropScale=0.2
      movingAverageDecay=0.996
      """;

  @Override
  public String name() {
    return "moco-v3";
  }

  @Override
  public String summary() {
    return "MoCo v3 (Chen, Xie and He 2021): predictions find the teacher's keys among the batch";
  }

  @Override
  public MoCoV3Config defaults() {
    return MoCoV3Config.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(SMALL, CIFAR, IMAGENET);
  }

  @Override
  public Module module(MoCoV3Config config) {
    return new ObjectiveModule<>(MoCoV3Objective.class, MoCoV3Config.class, config);
  }
}
