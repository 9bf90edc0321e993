package com.example.quickstart;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import io.github.nolabel.api.option.NoOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.guice.NolabelModule;
import io.github.nolabel.runs.watch.RunWatcher;
import io.github.nolabel.update.OptimizerProvider;
import io.github.nolabel.update.UpdateRule;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A backbone and an optimizer under names that the library has, from one's own injector. */
class OwnInjectorTest {

  @TempDir Path folder;

  private final Steps steps = new Steps();

  @Test
  void ownPartsTakeTheLibrarysPlace() {
    Engine engine =
        Guice.createInjector(new NolabelModule(), new OwnParts(steps)).getInstance(Engine.class);
    Run run = engine.create(plan(), folder.resolve("own"));
    assertThat(run.train()).isTrue();
    assertThat(run.backbone().featureWidth()).as("of the overridden backbone").isEqualTo(8);
    assertThat(steps.numbers).as("seen by the bound watcher").isNotEmpty();
    assertThat(run.result().trained())
        .as("the overridden optimizer goes nowhere")
        .isEqualTo(run.result().anchors().untrained());
  }

  @Test
  void withoutThemTheLibrarysOwnAreTaken() {
    Engine engine = Guice.createInjector(new NolabelModule()).getInstance(Engine.class);
    Run run = engine.create(plan(), folder.resolve("standard"));
    assertThat(run.train()).isTrue();
    assertThat(run.backbone().featureWidth()).isNotEqualTo(8);
    assertThat(steps.numbers).isEmpty();
  }

  private RunPlan plan() {
    return RunPlan.of("simclr")
        .data("folder:" + Photos.twoClasses(folder.resolve("photos"), 12))
        .backbone("small-cnn")
        .epochs(1)
        .batchSize(8)
        .imageSize(16)
        .set("optimizer.algorithm", "sgd");
  }

  private static final class OwnParts extends AbstractModule {

    private final RunWatcher watcher;

    OwnParts(RunWatcher watcher) {
      this.watcher = watcher;
    }

    @Override
    protected void configure() {
      Multibinder.newSetBinder(binder(), new TypeLiteral<BackboneProvider<?>>() {})
          .addBinding()
          .toInstance(new SmallerCnn());
      Multibinder.newSetBinder(binder(), new TypeLiteral<OptimizerProvider<?>>() {})
          .addBinding()
          .toInstance(new Still());
      Multibinder.newSetBinder(binder(), RunWatcher.class).addBinding().toInstance(watcher);
    }
  }

  private record SmallerCnn() implements BackboneProvider<NoOptions> {

    @Override
    public String name() {
      return "small-cnn";
    }

    @Override
    public String summary() {
      return "the small one, smaller";
    }

    @Override
    public NoOptions defaults() {
      return NoOptions.DEFAULTS;
    }

    @Override
    public Backbone create(NoOptions config, int imageSize) {
      return Backbones.create("small-cnn", Map.of("width", "4", "stages", "2"), imageSize);
    }
  }

  private record Still() implements OptimizerProvider<NoOptions> {

    @Override
    public String name() {
      return "sgd";
    }

    @Override
    public String summary() {
      return "goes nowhere";
    }

    @Override
    public NoOptions defaults() {
      return NoOptions.DEFAULTS;
    }

    @Override
    public UpdateRule rule(OptimizerConfig config, NoOptions own, UpdateRule decay) {
      return (parameter, gradient) -> parameter.ops().mul(gradient, 0);
    }
  }
}
