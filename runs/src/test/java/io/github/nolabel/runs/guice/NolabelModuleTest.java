package io.github.nolabel.runs.guice;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.PrivateModule;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import com.google.inject.name.Names;
import com.google.inject.util.Modules;
import io.github.nolabel.api.option.NoOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.SourceAddress;
import io.github.nolabel.data.SourceContext;
import io.github.nolabel.data.SourceImages;
import io.github.nolabel.data.SourceProvider;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.method.Networks;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.Photos;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.RunPlan;
import io.github.nolabel.runs.watch.RunWatcher;
import io.github.nolabel.update.OptimizerProvider;
import io.github.nolabel.update.Optimizers;
import io.github.nolabel.update.UpdateRule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NolabelModuleTest {

  @TempDir Path folder;

  private final List<Long> steps = new ArrayList<>();

  @Test
  void anInjectorOfOnesOwnTrainsWithItsParts() {
    String photos = Photos.of(folder.resolve("photos"), 12);
    Engine engine =
        Guice.createInjector(new NolabelModule(), new OwnParts(photos)).getInstance(Engine.class);
    RunPlan plan =
        RunPlan.of("simclr")
            .data("own:photos")
            .backbone("small-cnn")
            .epochs(1)
            .batchSize(8)
            .imageSize(16)
            .set("optimizer.algorithm", "still");
    Run run = engine.create(plan, folder.resolve("run"));
    assertThat(run.train()).isTrue();
    assertThat(run.backbone().featureWidth()).as("of the overridden backbone").isEqualTo(8);
    assertThat(steps).as("the set's watcher").isNotEmpty();
    Map<String, Double> untrained = run.result().anchors().untrained();
    assertThat(run.result().trained()).as("nothing moves").isEqualTo(untrained);
  }

  @Test
  void whatItBindsCanBeOverridden() {
    Engine own = Engine.of(NolabelModule.class.getClassLoader());
    Module mine = binder -> binder.bind(Engine.class).toInstance(own);
    Injector injector = Guice.createInjector(Modules.override(new NolabelModule()).with(mine));
    assertThat(injector.getInstance(Engine.class)).isSameAs(own);
  }

  @Test
  void twoMethodsLiveInOneInjector() {
    Injector injector = Guice.createInjector(alone("simclr"), alone("byol"));
    TrainingRecipe simclr = injector.getInstance(recipe("simclr"));
    TrainingRecipe byol = injector.getInstance(recipe("byol"));
    assertThat(simclr.program().state()).noneMatch(t -> t.name().startsWith("teacher/"));
    assertThat(byol.program().state()).anyMatch(t -> t.name().startsWith("teacher/"));
  }

  private static Key<TrainingRecipe> recipe(String method) {
    return Key.get(TrainingRecipe.class, Names.named(method));
  }

  private static Module alone(String name) {
    RunSpec run = RunSpec.of("small-cnn", 16, 8, 64, 1);
    Backbone backbone = Backbones.create("small-cnn", Map.of("width", "4"), 16);
    return new PrivateModule() {
      @Override
      protected void configure() {
        install(module(Methods.all().require(name)));
        install(Methods.host(run, Networks.of(backbone), Optimizers.standard()));
        bind(recipe(name)).to(TrainingRecipe.class);
        expose(recipe(name));
      }
    };
  }

  private static <C extends Record> Module module(MethodProvider<C> provider) {
    return provider.module(provider.defaults());
  }

  private final class OwnParts extends AbstractModule {

    private final String photos;

    OwnParts(String photos) {
      this.photos = photos;
    }

    @Override
    protected void configure() {
      Multibinder.newSetBinder(binder(), new TypeLiteral<BackboneProvider<?>>() {})
          .addBinding()
          .toInstance(new SmallerCnn());
      Multibinder.newSetBinder(binder(), new TypeLiteral<OptimizerProvider<?>>() {})
          .addBinding()
          .toInstance(new Still());
      Multibinder.newSetBinder(binder(), SourceProvider.class)
          .addBinding()
          .toInstance(new Own(photos));
      Multibinder.newSetBinder(binder(), RunWatcher.class)
          .addBinding()
          .toInstance(
              new RunWatcher() {
                @Override
                public void onStep(StepReport report) {
                  steps.add(report.step());
                }
              });
    }
  }

  /** Another network under a name that the library has. */
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

  /** Goes nowhere. */
  private record Still() implements OptimizerProvider<NoOptions> {

    @Override
    public String name() {
      return "still";
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

  private record Own(String folder) implements SourceProvider {

    @Override
    public String name() {
      return "own";
    }

    @Override
    public String usage() {
      return "own:photos";
    }

    @Override
    public String summary() {
      return "the test's photos";
    }

    @Override
    public List<String> keys() {
      return List.of();
    }

    @Override
    public SourceImages read(SourceAddress address, SourceContext context) {
      return new SourceImages() {
        @Override
        public io.github.nolabel.data.ImageDataset all() {
          return Datasets.images(folder, DatasetSettings.DEFAULTS, notice -> {});
        }

        @Override
        public io.github.nolabel.data.Dataset dataset(String source, DatasetSettings settings) {
          return Datasets.open(folder, settings);
        }
      };
    }
  }
}
