package io.github.nolabel.methods.vision.moco;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.methods.vision.views.Recipes;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Map;

/** Registers MoCo v2. */
public final class MoCoV2Provider implements MethodProvider<MoCoV2Config> {

  private static final String SMALL =
      """
      optimizer.learningRate=2e-3 schedule.warmupSteps=30 blur=false
      symmetric=true queueSize=2048 movingAverageDecay=0.99 finalMovingAverageDecay=0.99
      """;

  private static final String CIFAR =
      """
      optimizer.algorithm=sgd optimizer.learningRate=0.12 optimizer.batchScaling=linear
      optimizer.weightDecay=5e-4 blur=false
      queueSize=4096 temperature=0.1 movingAverageDecay=0.99 finalMovingAverageDecay=0.99
      batchNormGroups=8 symmetric=true
      """;

  private static final String IMAGENET =
      """
      optimizer.algorithm=sgd optimizer.learningRate=0.03 optimizer.batchScaling=linear
      optimizer.weightDecay=1e-4
      """;

  @Override
  public String name() {
    return "moco-v2";
  }

  @Override
  public String summary() {
    return "MoCo v2 (Chen et al. 2020): a query finds its key among a queue of earlier keys";
  }

  @Override
  public MoCoV2Config defaults() {
    return MoCoV2Config.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(SMALL, CIFAR, IMAGENET);
  }

  @Override
  public Module module(MoCoV2Config config) {
    return new ObjectiveModule<>(MoCoV2Objective.class, MoCoV2Config.class, config);
  }
}
