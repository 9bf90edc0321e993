package io.github.nolabel.methods.vision.simclr;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.methods.vision.views.Recipes;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Map;

/** Registers SimCLR. */
public final class SimClrProvider implements MethodProvider<SimClrConfig> {

  private static final String SMALL =
      """
      optimizer.learningRate=2e-3 schedule.warmupSteps=30 blur=false
      temperature=0.2 colorJitterStrength=0.5
      """;

  private static final String CIFAR =
      """
      optimizer.algorithm=sgd optimizer.learningRate=0.12 optimizer.batchScaling=linear
      optimizer.weightDecay=5e-4 blur=false
      projectionDim=128 temperature=0.5 colorJitterStrength=0.5
      """;

  private static final String IMAGENET =
      """
      optimizer.algorithm=lars optimizer.learningRate=0.3 optimizer.batchScaling=linear
      optimizer.weightDecay=1e-6 schedule.warmupEpochs=10 temperature=0.1
      """;

  @Override
  public String name() {
    return "simclr";
  }

  @Override
  public String summary() {
    return "SimCLR (Chen et al. 2020): two views of an image find each other among the batch";
  }

  @Override
  public SimClrConfig defaults() {
    return SimClrConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(SMALL, CIFAR, IMAGENET);
  }

  @Override
  public Module module(SimClrConfig config) {
    return new ObjectiveModule<>(SimClrObjective.class, SimClrConfig.class, config);
  }
}
