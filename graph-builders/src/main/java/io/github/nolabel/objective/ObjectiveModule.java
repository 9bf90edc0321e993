package io.github.nolabel.objective;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.github.nolabel.api.export.ArtifactExporter;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.export.ClassifierBuilder;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.update.Optimizers;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Turns a method's {@link Objective} and configuration into something that runs.
 *
 * <p>Needs: {@link RunSpec}, {@link Backbone} and {@link Optimizers}, bound by the host.<br>
 * Offers: {@link TrainingRecipe}, {@link BackboneExporter}, {@link ClassifierBuilder}, {@link
 * ArtifactExporter}; to the objective the configuration, the records of options that it shares
 * (where there is one of a kind), and what asks for these with {@code @Inject}.
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
    Map<Class<?>, List<Record>> lenders =
        RecordOptions.lenders(config).stream().collect(Collectors.groupingBy(Record::getClass));
    lenders.values().stream().filter(l -> l.size() == 1).forEach(l -> bindAsItself(l.get(0)));
  }

  @SuppressWarnings("unchecked") // A record's class is that of its values: records are final.
  private <R extends Record> void bindAsItself(R lender) {
    bind((Class<R>) lender.getClass()).toInstance(lender);
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
    return recipe.with(views(recipe.inputs(), backbone));
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
