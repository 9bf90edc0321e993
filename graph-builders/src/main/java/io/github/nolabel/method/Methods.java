package io.github.nolabel.method;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.export.ArtifactExporter;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.export.ClassifierBuilder;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.update.Optimizers;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;

/**
 * Finds methods and compiles them. What suits a method beyond its own options, such as its presets,
 * is up to the caller: a run's plan resolves all of it, this class takes what it is given.
 */
public final class Methods {

  private Methods() {}

  /** Every method that this library's class loader sees, whatever thread asks. */
  public static NamedServices<MethodProvider<?>> all() {
    return all(Methods.class.getClassLoader());
  }

  /** Every method that {@code loader} sees. */
  public static NamedServices<MethodProvider<?>> all(ClassLoader loader) {
    List<MethodProvider<?>> all = new ArrayList<>();
    ServiceLoader.load(MethodProvider.class, loader).forEach(all::add);
    ServiceLoader.load(MethodTable.class, loader).forEach(table -> all.addAll(table.methods()));
    return NamedServices.index("method", all);
  }

  /**
   * Finds method and backbone by name and builds the training program.
   *
   * @param method a method's name; case and dashes do not matter
   * @param options of the method, by name; strict about unknown ones
   * @param run taken as it is: optimizer and schedule are not changed to what suits the method
   * @throws io.github.nolabel.api.UserMistake if a name, an option or a value is wrong
   */
  public static CompiledMethod compile(String method, Map<String, String> options, RunSpec run) {
    Backbone backbone = Backbones.create(run.backbone(), run.backboneOptions(), run.imageSize());
    return compile(
        all().require(method), options, run, Networks.of(backbone), Optimizers.standard());
  }

  /** The same with a method and networks at hand, which need not be registered anywhere. */
  public static <C extends Record> CompiledMethod compile(
      MethodProvider<C> provider,
      Map<String, String> options,
      RunSpec run,
      Networks networks,
      Optimizers optimizers) {
    C config = RecordOptions.override(provider.defaults(), options);
    Require.that(
        provider.texts().isEmpty() || networks.text().isPresent(),
        "%s reads texts and needs a network for them: give it one of %s."
            .formatted(provider.name(), TextEncoder.class.getSimpleName()));
    try {
      Injector injector =
          Guice.createInjector(provider.module(config), host(run, networks, optimizers));
      return new CompiledMethod(
          provider.name(),
          config,
          run,
          injector.getInstance(TrainingRecipe.class),
          injector.getInstance(BackboneExporter.class),
          injector.getInstance(ArtifactExporter.class),
          injector.getInstance(ClassifierBuilder.class));
    } catch (ProvisionException e) {
      throw plain(e.getErrorMessages(), e);
    } catch (CreationException e) {
      throw plain(e.getErrorMessages(), e);
    }
  }

  /** What a method's module may ask for. */
  public static Module host(RunSpec run, Networks networks, Optimizers optimizers) {
    return binder -> {
      binder.bind(RunSpec.class).toInstance(run.optimizer().jointBatch() ? run.joined() : run);
      binder.bind(Backbone.class).toInstance(networks.image());
      networks.text().ifPresent(text -> binder.bind(TextEncoder.class).toInstance(text));
      binder.bind(Optimizers.class).toInstance(optimizers);
    };
  }

  /** The one message meant for people, if that is what went wrong; else the wiring's own report. */
  private static RuntimeException plain(Collection<Message> messages, RuntimeException wiring) {
    return messages.stream()
        .map(Message::getCause)
        .filter(NolabelException.class::isInstance)
        .map(RuntimeException.class::cast)
        .findFirst()
        .orElse(wiring);
  }
}
