package io.github.nolabel.runs.plan;

import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.update.Optimizers;
import java.nio.file.Path;
import java.util.List;

/**
 * A plan whose names have been looked up and whose values have been checked.
 *
 * @param backboneFiles that the backbone was made from; a run keeps copies of them
 */
public record ResolvedPlan(
    RunSettings settings,
    MethodProvider<?> method,
    Backbone backbone,
    Optimizers optimizers,
    List<Path> backboneFiles) {

  public ResolvedPlan {
    backboneFiles = List.copyOf(backboneFiles);
  }

  /** The method's program for a run of so many full batches per pass over the data. */
  public CompiledMethod compiled(long batchesPerEpoch) {
    return Methods.compile(
        method, settings.methodOptions(), settings.spec(batchesPerEpoch), backbone, optimizers);
  }

  /** The method's program for a run of so many updates. */
  public CompiledMethod compiled(long steps, long stepsPerEpoch) {
    return Methods.compile(
        method,
        settings.methodOptions(),
        settings.spec(steps, stepsPerEpoch),
        backbone,
        optimizers);
  }
}
