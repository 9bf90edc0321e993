package io.github.nolabel.methods.multimodal.defects;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.DeviceConfig.Kernels;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.backbone.VisionTransformer;
import io.github.nolabel.fragment.backbone.VisionTransformerConfig;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.method.Networks;
import io.github.nolabel.update.Optimizers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A method at its smallest on noise, on the CPU.
 *
 * @param options of the method, besides those that make it small
 * @param text network for texts; empty takes the method's
 * @param run its backbone's name is not looked at
 */
record TinyPairs(
    String method, Map<String, String> options, Backbone backbone, String text, RunSpec run) {

  static final int BATCH = 5;
  static final int SIZE = 16;
  static final int LENGTH = 6;
  static final Vocabulary VOCABULARY = new Vocabulary(32, 0, 1, 2, 3, 4);

  /** Normalises no batch. */
  static final Backbone VIT =
      new VisionTransformer(
          8,
          2,
          2,
          new VisionTransformerConfig(8, VisionTransformerConfig.Pooling.CLASS_TOKEN, 0, 0),
          SIZE);

  private static final Map<String, String> SMALL =
      Map.of(
          "embedDim",
          "8",
          "mlpDim",
          "12",
          "sslDim",
          "8",
          "queueSize",
          "7",
          "heads",
          "2",
          "decoderHeads",
          "2");
  private static final RunSpec RUN =
      run(OptimizerConfig.DEFAULTS.with("learningRate", 1e-2), ScheduleConfig.DEFAULTS, 1);

  /** Two epochs of four steps. */
  private static RunSpec run(OptimizerConfig optimizer, ScheduleConfig schedule, long seed) {
    return new RunSpec("small-cnn", Map.of(), SIZE, BATCH, 8, 4, seed, optimizer, schedule);
  }

  static TinyPairs of(String method, Map<String, String> options) {
    return new TinyPairs(method, options, smallCnn(), "", RUN);
  }

  static Backbone smallCnn() {
    return Backbones.create("small-cnn", Map.of("width", "4", "stages", "2"), SIZE);
  }

  /** With one more of the method's options. */
  TinyPairs with(String option, String value) {
    Map<String, String> all = new TreeMap<>(options);
    all.put(option, value);
    return new TinyPairs(method, all, backbone, text, run);
  }

  TinyPairs on(Backbone other) {
    return new TinyPairs(method, options, other, text, run);
  }

  TinyPairs with(OptimizerConfig optimizer, ScheduleConfig schedule, long seed) {
    return new TinyPairs(method, options, backbone, text, run(optimizer, schedule, seed));
  }

  TinyPairs reading(String network) {
    return new TinyPairs(method, options, backbone, network, run);
  }

  CompiledMethod compile() {
    return compile(Methods.all().require(method));
  }

  private <C extends Record> CompiledMethod compile(MethodProvider<C> provider) {
    Map<String, String> all = new TreeMap<>();
    RecordOptions.options(provider.defaults()).stream()
        .map(option -> option.name())
        .filter(SMALL::containsKey)
        .forEach(name -> all.put(name, SMALL.getOrDefault(name, "")));
    all.putAll(options);
    Networks networks = new Networks(backbone, provider.texts().map(this::network));
    return Methods.compile(provider, all, run, networks, Optimizers.standard());
  }

  private TextEncoder network(TextConfig own) {
    TextConfig small =
        RecordOptions.override(
            text.isEmpty() ? own : own.withNetwork(text),
            Map.of("length", "" + LENGTH, "width", "8", "depth", "2", "heads", "2"));
    return TextEncoders.all().require(small.network()).create(small, VOCABULARY);
  }

  /** The values that state starts with. */
  static Map<String, Tensor> start(TrainingRecipe recipe) {
    Map<String, Tensor> start = new TreeMap<>();
    recipe.program().state().forEach(s -> start.put(s.name(), s.initial().copy()));
    return start;
  }

  static Trainer open(TrainingRecipe recipe, Path folder, boolean resume) {
    return open(recipe, folder, resume, Kernels.AUTO);
  }

  static Trainer open(TrainingRecipe recipe, Path folder, boolean resume, Kernels kernels) {
    return open(recipe, folder, resume, kernels, Map.of());
  }

  private static Trainer open(
      TrainingRecipe recipe,
      Path folder,
      boolean resume,
      Kernels kernels,
      Map<String, Tensor> weights) {
    DeviceSettings cpu =
        new DeviceSettings(Device.CPU, 1, DeviceConfig.DEFAULTS.with("kernels", kernels));
    return TrainingRuntime.find()
        .open(
            recipe,
            new TrainerSettings(
                RUN, folder, resume, CheckpointConfig.DEFAULTS, cpu, Map.of(), weights));
  }

  /** Trains up to that step. */
  static List<StepReport> train(Trainer trainer, TrainingRecipe recipe, long steps) {
    List<StepReport> reports = new ArrayList<>();
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            reports.add(report);
            if (report.step() >= steps) {
              trainer.requestStop();
            }
          }
        };
    trainer.train(new PairNoise(recipe.inputs()), List.of(stop));
    return reports;
  }

  /** The reports of the first steps of a new run. */
  static List<StepReport> train(TrainingRecipe recipe, Path folder, long steps) {
    return train(recipe, folder, steps, Map.of());
  }

  /**
   * @param weights what some of the state starts with
   */
  static List<StepReport> train(
      TrainingRecipe recipe, Path folder, long steps, Map<String, Tensor> weights) {
    try (Trainer trainer = open(recipe, folder, false, Kernels.AUTO, weights)) {
      return train(trainer, recipe, steps);
    }
  }

  /** A model as it is deployed. */
  static Model exported(CompiledMethod compiled, Map<String, Tensor> state, String cut) {
    return TrainingRuntime.find()
        .model(compiled.exporter().export(state, cut, Map.of()), DeviceSettings.DEFAULTS);
  }
}
