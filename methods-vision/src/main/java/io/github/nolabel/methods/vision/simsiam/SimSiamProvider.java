package io.github.nolabel.methods.vision.simsiam;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.methods.vision.views.Recipes;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Map;

/** Registers SimSiam. */
public final class SimSiamProvider implements MethodProvider<SimSiamConfig> {

  private static final String SMALL =
      """
      optimizer.learningRate=2e-3 schedule.warmupSteps=30 blur=false
      projectionDim=512 predictionHiddenDim=128 projectionNumLayers=2
      """;

  private static final String CIFAR =
      """
      optimizer.algorithm=sgd optimizer.learningRate=0.03 optimizer.batchScaling=linear
      optimizer.weightDecay=5e-4 blur=false projectionHiddenDim=2048 projectionNumLayers=2
      """;

  private static final String IMAGENET =
      """
      optimizer.algorithm=sgd optimizer.learningRate=0.05 optimizer.batchScaling=linear
      optimizer.weightDecay=1e-4 projectionHiddenDim=2048
      """;

  @Override
  public String name() {
    return "simsiam";
  }

  @Override
  public String summary() {
    return "SimSiam (Chen and He 2021): one view predicts the other, gradients stop at the target";
  }

  @Override
  public SimSiamConfig defaults() {
    return SimSiamConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(SMALL, CIFAR, IMAGENET);
  }

  @Override
  public Module module(SimSiamConfig config) {
    return new ObjectiveModule<>(SimSiamObjective.class, SimSiamConfig.class, config);
  }
}
