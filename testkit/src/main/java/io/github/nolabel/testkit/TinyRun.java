package io.github.nolabel.testkit;

import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Module;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.method.Networks;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.update.Optimizers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A method at its smallest: a few weights, 16 pixels, a handful of images. */
final class TinyRun {

  static final int IMAGE_SIZE = 16;
  static final long PER_EPOCH = 4;

  private static final Vocabulary VOCABULARY =
      new Vocabulary(MethodContract.VOCABULARY, 0, 1, 2, 3, 4);

  private final MethodProvider<?> provider;
  private final Map<String, String> options;
  private final Path directory;

  TinyRun(MethodProvider<?> provider, Map<String, String> chosen, Path directory) {
    this.provider = provider;
    this.options = TinyOptions.of(provider.defaults(), chosen);
    this.directory = directory;
  }

  static RunSpec spec(int batchSize, long steps) {
    return spec(batchSize, steps, Map.of("learningRate", "3e-3", "clipNorm", "3"));
  }

  static RunSpec spec(int batchSize, long steps, Map<String, String> settings) {
    Map<String, String> small = Map.of("width", "4", "stages", "2");
    return spec("small-cnn", small, batchSize, steps, settings);
  }

  /** With a network that has no batch normalisation. */
  static RunSpec plainSpec(int batchSize, long steps, Map<String, String> settings) {
    return spec(PlainCnn.NAME, Map.of(), batchSize, steps, settings);
  }

  private static RunSpec spec(
      String backbone,
      Map<String, String> backboneOptions,
      int batchSize,
      long steps,
      Map<String, String> settings) {
    return new RunSpec(
        backbone,
        backboneOptions,
        IMAGE_SIZE,
        batchSize,
        steps,
        PER_EPOCH,
        1,
        RecordOptions.override(OptimizerConfig.DEFAULTS, settings),
        ScheduleConfig.DEFAULTS);
  }

  TrainingRecipe recipe(RunSpec run) {
    return Methods.compile(provider, options, run, networks(run), Optimizers.standard()).recipe();
  }

  /** The method itself, before anything is made of it. */
  Objective objective(RunSpec run) {
    return objective(provider, run);
  }

  private <C extends Record> Objective objective(MethodProvider<C> provider, RunSpec run) {
    Module method = provider.module(RecordOptions.override(provider.defaults(), options));
    Injector injector =
        Guice.createInjector(method, Methods.host(run, networks(run), Optimizers.standard()));
    return injector.getInstance(Objective.class);
  }

  private Networks networks(RunSpec run) {
    Backbone image =
        run.backbone().equals(PlainCnn.NAME)
            ? new PlainCnn(run.imageSize())
            : Backbones.create(run.backbone(), run.backboneOptions(), run.imageSize());
    return new Networks(image, provider.texts().map(TinyRun::tiny));
  }

  /** The method's own kind of text network, as small as can be. */
  private static TextEncoder tiny(TextConfig config) {
    TextConfig small =
        RecordOptions.override(
            config, Map.of("length", "6", "width", "8", "depth", "2", "heads", "2"));
    return TextEncoders.all().require(config.network()).create(small, VOCABULARY);
  }

  Trainer open(TrainingRecipe recipe, RunSpec run, String name, boolean resume) {
    TrainerSettings settings =
        new TrainerSettings(
            run,
            directory.resolve(provider.name()).resolve(name),
            resume,
            CheckpointConfig.DEFAULTS,
            new DeviceSettings(Device.CPU, 1),
            Map.of());
    return TrainingRuntime.find().open(recipe, settings);
  }

  static Noise batches(TrainingRecipe recipe, Integer... sizes) {
    return new Noise(recipe.inputs(), List.of(sizes), PER_EPOCH, false);
  }

  static Map<String, ByteBuffer> bits(Map<String, Tensor> state) {
    Map<String, ByteBuffer> bits = new TreeMap<>();
    state.forEach((name, tensor) -> bits.put(name, tensor.bytes()));
    return bits;
  }
}
