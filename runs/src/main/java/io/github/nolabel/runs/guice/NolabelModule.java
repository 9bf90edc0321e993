package io.github.nolabel.runs.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import com.google.inject.multibindings.Multibinder;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.SourceProvider;
import io.github.nolabel.fragment.backbone.BackboneProvider;
import io.github.nolabel.fragment.text.TextEncoderProvider;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.TextKinds;
import io.github.nolabel.runs.protocol.Protocol;
import io.github.nolabel.runs.protocol.Protocols;
import io.github.nolabel.runs.watch.RunWatcher;
import io.github.nolabel.text.TokenizerTrainer;
import io.github.nolabel.update.OptimizerProvider;
import io.github.nolabel.update.Optimizers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Brings {@link Engine} into one's own injector. Whatever it binds can be overridden with {@code
 * Modules.override}; sets are added to with {@link Multibinder}. What is added to a set replaces
 * what the class loader sees under the same name.
 *
 * <p>Needs: nothing.<br>
 * Offers: {@link Engine}, {@link Catalogue}, {@link TrainingRuntime}, {@link OutputFiles}, {@link
 * Protocols}; the sets of {@link MethodProvider}, {@link BackboneProvider}, {@link SourceProvider},
 * {@link OptimizerProvider}, {@link TokenizerTrainer}, {@link TextEncoderProvider}, {@link
 * Protocol} and {@link RunWatcher}.
 */
public final class NolabelModule extends AbstractModule {

  private static final TypeLiteral<MethodProvider<?>> METHOD = new TypeLiteral<>() {};
  private static final TypeLiteral<BackboneProvider<?>> BACKBONE = new TypeLiteral<>() {};
  private static final TypeLiteral<OptimizerProvider<?>> OPTIMIZER = new TypeLiteral<>() {};
  private static final TypeLiteral<Protocol<?>> PROTOCOL = new TypeLiteral<>() {};

  private final ClassLoader loader;

  /** With the plug-ins that this library's class loader sees. */
  public NolabelModule() {
    this(NolabelModule.class.getClassLoader());
  }

  /** With the plug-ins that {@code loader} sees. */
  public NolabelModule(ClassLoader loader) {
    this.loader = loader;
  }

  @Override
  protected void configure() {
    Multibinder.newSetBinder(binder(), METHOD);
    Multibinder.newSetBinder(binder(), BACKBONE);
    Multibinder.newSetBinder(binder(), OPTIMIZER);
    Multibinder.newSetBinder(binder(), PROTOCOL);
    Multibinder.newSetBinder(binder(), SourceProvider.class);
    Multibinder.newSetBinder(binder(), TokenizerTrainer.class);
    Multibinder.newSetBinder(binder(), TextEncoderProvider.class);
    Multibinder.newSetBinder(binder(), RunWatcher.class);
  }

  @Provides
  @Singleton
  TrainingRuntime runtime() {
    return TrainingRuntime.find(loader);
  }

  @Provides
  OutputFiles files() {
    return OutputFiles.LOCAL;
  }

  @Provides
  @Singleton
  Catalogue catalogue(
      Set<MethodProvider<?>> methods,
      Set<BackboneProvider<?>> backbones,
      Set<SourceProvider> sources,
      Set<OptimizerProvider<?>> optimizers,
      Set<TokenizerTrainer> tokenizers,
      Set<TextEncoderProvider> textNetworks) {
    Catalogue seen = Catalogue.of(loader);
    return new Catalogue(
        joined("method", seen.methods(), methods),
        joined("backbone", seen.backbones(), backbones),
        joined("data source", seen.sources(), sources),
        new Optimizers(joined("optimizer", seen.optimizers().all(), optimizers)),
        new TextKinds(
            joined("tokenizer", seen.texts().tokenizers(), tokenizers),
            joined("text network", seen.texts().networks(), textNetworks)));
  }

  @Provides
  @Singleton
  Protocols protocols(Set<Protocol<?>> protocols) {
    return Protocols.of(loader).with(protocols);
  }

  @Provides
  @Singleton
  Engine engine(
      TrainingRuntime runtime,
      Catalogue catalogue,
      Protocols protocols,
      OutputFiles files,
      Set<RunWatcher> watchers) {
    return new Engine(runtime, catalogue, protocols, files, watchers);
  }

  private static <S extends NamedService> NamedServices<S> joined(
      String kind, NamedServices<S> seen, Set<S> added) {
    Map<String, S> byName = new LinkedHashMap<>();
    seen.all().forEach(service -> byName.put(service.name(), service));
    added.forEach(service -> byName.put(service.name(), service));
    return NamedServices.index(kind, byName.values());
  }
}
