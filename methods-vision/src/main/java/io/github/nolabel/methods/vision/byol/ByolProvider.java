package io.github.nolabel.methods.vision.byol;

import com.google.inject.Module;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.methods.vision.views.Recipes;
import io.github.nolabel.objective.ObjectiveModule;
import java.util.Map;

/** Registers BYOL. */
public final class ByolProvider implements MethodProvider<ByolConfig> {

  private static final String SMALL =
      """
      optimizer.learningRate=2e-3 schedule.warmupSteps=30 blur=false
      hiddenDim=512 projectionDim=128 movingAverageDecay=0.99
      """;

  private static final String CIFAR =
      """
      optimizer.algorithm=sgd optimizer.learningRate=0.12 optimizer.batchScaling=linear
      optimizer.weightDecay=5e-4 blur=false
      hiddenDim=1024 movingAverageDecay=0.99
      """;

  private static final String IMAGENET =
      """
      optimizer.algorithm=lars optimizer.learningRate=0.2 optimizer.batchScaling=linear
      optimizer.weightDecay=1.5e-6 schedule.warmupEpochs=10
      """;

  @Override
  public String name() {
    return "byol";
  }

  @Override
  public String summary() {
    return "BYOL (Grill et al. 2020): the student predicts a slowly moving teacher's view";
  }

  @Override
  public ByolConfig defaults() {
    return ByolConfig.DEFAULTS;
  }

  @Override
  public Map<String, Map<String, String>> presets() {
    return Recipes.presets(SMALL, CIFAR, IMAGENET);
  }

  @Override
  public Module module(ByolConfig config) {
    return new ObjectiveModule<>(ByolObjective.class, ByolConfig.class, config);
  }
}
