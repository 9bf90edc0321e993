package io.github.nolabel.method;

import io.github.nolabel.api.export.ArtifactExporter;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.export.ClassifierBuilder;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;

/** A method, its options and a run, resolved and compiled. Several in one process share nothing. */
public record CompiledMethod(
    String method,
    Record options,
    RunSpec run,
    TrainingRecipe recipe,
    BackboneExporter exporter,
    ArtifactExporter artifacts,
    ClassifierBuilder classifiers) {

  /** The same, trained by another recipe. */
  public CompiledMethod with(TrainingRecipe another) {
    return new CompiledMethod(method, options, run, another, exporter, artifacts, classifiers);
  }
}
