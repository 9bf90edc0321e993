package io.github.nolabel.method;

import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import com.google.inject.ProvisionException;
import com.google.inject.spi.Message;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.export.ArtifactExporter;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.export.ClassifierBuilder;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;
import java.util.Collection;
import java.util.Map;
import java.util.ServiceLoader;

/** The front door: finds methods and runtimes on the class path and prepares runs. */
public final class Nolabel {

  private Nolabel() {}

  /** Every method that this library's class loader sees, whatever thread asks. */
  public static NamedServices<MethodProvider<?>> methods() {
    return methods(Nolabel.class.getClassLoader());
  }

  /** Every method that {@code loader} sees. */
  @SuppressWarnings({"rawtypes", "unchecked"})
  public static NamedServices<MethodProvider<?>> methods(ClassLoader loader) {
    return NamedServices.index(
        "method", (Iterable) ServiceLoader.load(MethodProvider.class, loader));
  }

  /**
   * Resolves names and options and builds the training program.
   *
   * @param method a method's name; case and dashes do not matter
   * @param options of the method, by name; strict about unknown ones
   * @throws io.github.nolabel.api.UserMistake if a name, an option or a value is wrong
   */
  public static Pretraining prepare(String method, Map<String, String> options, RunSpec run) {
    return prepare(methods().require(method), options, run);
  }

  private static <C extends Record> Pretraining prepare(
      MethodProvider<C> provider, Map<String, String> options, RunSpec run) {
    C config = RecordOptions.override(provider.defaults(), options);
    Module host = binder -> binder.bind(RunSpec.class).toInstance(run);
    try {
      Injector injector = Guice.createInjector(provider.module(config), host);
      return new Pretraining(
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
