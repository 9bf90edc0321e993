package io.github.nolabel.methods.vision.barlow;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.methods.vision.views.Recipes;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Map;

/** Registers Barlow Twins. */
public final class BarlowTwinsProvider implements MethodProvider<BarlowTwinsConfig> {

  private static final String SMALL =
      """
      optimizer.learningRate=2e-3 schedule.warmupSteps=30 blur=false
      projectionDim=512 hiddenDim=512 projectionNumLayers=2 lossScale=0.1
      """;

  private static final String CIFAR =
      """
      optimizer.algorithm=sgd optimizer.learningRate=0.12 optimizer.batchScaling=linear
      optimizer.weightDecay=5e-4 blur=false
      projectionDim=2048 hiddenDim=2048 projectionNumLayers=2 lossScale=0.1
      """;

  private static final String IMAGENET =
      """
      optimizer.algorithm=lars optimizer.learningRate=0.2 optimizer.batchScaling=linear
      optimizer.weightDecay=1e-6 schedule.warmupEpochs=10
      """;

  @Override
  public String name() {
    return "barlow-twins";
  }

  @Override
  public String summary() {
    return "Barlow Twins (Zbontar et al. 2021): two views agree feature by feature, features differ";
  }

  @Override
  public BarlowTwinsConfig defaults() {
    return BarlowTwinsConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(SMALL, CIFAR, IMAGENET);
  }

  @Override
  public Module module(BarlowTwinsConfig config) {
    return new ObjectiveModule<>(BarlowTwinsObjective.class, BarlowTwinsConfig.class, config);
  }
}
