package io.github.nolabel.objective;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.github.nolabel.api.export.ArtifactExporter;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.export.ClassifierBuilder;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.update.Optimizers;
import java.lang.reflect.Constructor;

/**
 * Turns a method's {@link Objective} and configuration into something that runs.
 *
 * <p>Needs: {@link RunSpec}, {@link Backbone} and {@link Optimizers}, bound by the host.<br>
 * Offers: {@link TrainingRecipe}, {@link BackboneExporter}, {@link ClassifierBuilder}, {@link
 * ArtifactExporter}; the configuration to the objective.
 *
 * @param <C> the configuration that the objective's constructor asks for
 */
public final class ObjectiveModule<C extends Record> extends AbstractModule {

  private final Class<? extends Objective> objective;
  private final Class<C> configType;
  private final C config;

  public ObjectiveModule(Class<? extends Objective> objective, Class<C> configType, C config) {
    this.objective = objective;
    this.configType = configType;
    this.config = config;
  }

  @Override
  protected void configure() {
    bindObjective(objective.getDeclaredConstructors());
    bind(configType).toInstance(config);
  }

  /** An only constructor needs no annotation. */
  @SuppressWarnings("unchecked") // They are the objective's own.
  private void bindObjective(Constructor<?>[] constructors) {
    if (constructors.length == 1) {
      bind(Objective.class)
          .toConstructor((Constructor<? extends Objective>) constructors[0])
          .in(Singleton.class);
    } else {
      bind(Objective.class).to(objective).in(Singleton.class);
    }
  }

  @Provides
  @Singleton
  TrainingRecipe recipe(
      Objective objective, RunSpec run, Backbone backbone, Optimizers optimizers) {
    TrainingRecipe recipe = new TrainingCompiler(run, optimizers).compile(objective);
    return new TrainingRecipe(
        recipe.program(), recipe.controllers(), views(recipe.inputs(), backbone));
  }

  @Provides
  BackboneExporter exporter(Objective objective, Backbone backbone) {
    return new CutExporter(objective, views(objective.inputs(), backbone).evaluation());
  }

  @Provides
  ClassifierBuilder classifiers(Objective objective, Backbone backbone) {
    return new CutClassifiers(objective, views(objective.inputs(), backbone).evaluation());
  }

  @Provides
  ArtifactExporter artifacts(Objective objective) {
    return new ArtifactCompiler(objective);
  }

  private static InputPlan views(InputPlan plan, Backbone backbone) {
    return backbone.normalisation().map(plan::normalised).orElse(plan);
  }
}
