package io.github.nolabel.runs.plan;

import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.SourceProvider;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.update.Optimizers;

/** What a plan may name: methods, backbones, data sources, optimizers and readers of texts. */
public record Catalogue(
    NamedServices<MethodProvider<?>> methods,
    NamedServices<BackboneProvider<?>> backbones,
    NamedServices<SourceProvider> sources,
    Optimizers optimizers,
    TextKinds texts) {

  /** What this library's own class loader sees. */
  public static Catalogue standard() {
    return of(Catalogue.class.getClassLoader());
  }

  /** What {@code loader} sees. */
  public static Catalogue of(ClassLoader loader) {
    return new Catalogue(
        Methods.all(loader),
        Backbones.all(loader),
        Datasets.sources(loader),
        Optimizers.of(loader),
        TextKinds.of(loader));
  }
}
