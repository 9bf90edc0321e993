package io.github.nolabel.benchmarks;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.train.TrainingRuntime.Finding;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.MethodProvider;
import io.github.nolabel.method.Methods;
import io.github.nolabel.method.Networks;
import io.github.nolabel.update.Optimizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Whether the device opens, and whether every method's step on it gives numbers. */
final class MethodChecks {

  private static final int BATCH = 16;

  /** The second step's loss is of the weights that the first has written. */
  private static final int STEPS = 2;

  private static final Vocabulary VOCABULARY = new Vocabulary(512, 0, 1, 2, 3, 4);
  private static final Map<String, String> TEXTS =
      Map.of("length", "12", "width", "64", "depth", "2", "heads", "2");

  /** Less to compute, and every part of a method at work in its first step. */
  private static final Map<String, String> SMALL =
      Map.ofEntries(
          Map.entry("projectionDim", "64"),
          Map.entry("hiddenDim", "128"),
          Map.entry("projectionHiddenDim", "128"),
          Map.entry("predictionHiddenDim", "64"),
          Map.entry("bottleneckDim", "64"),
          Map.entry("numPrototypes", "128"),
          Map.entry("queueSize", "64"),
          Map.entry("queueLength", "64"),
          Map.entry("queueStartEpoch", "0"),
          Map.entry("freezePrototypesSteps", "0"),
          Map.entry("freezeLastLayerEpochs", "0"),
          Map.entry("embedDim", "64"),
          Map.entry("mlpDim", "128"),
          Map.entry("sslDim", "64"));

  private final Device device;
  private final Path folder;

  MethodChecks(Device device, Path folder) {
    this.device = device;
    this.folder = folder;
  }

  static List<String> names() {
    return Methods.all().all().stream().map(MethodProvider::name).sorted().toList();
  }

  /** What the runtime says of this machine. */
  Check doctor() {
    List<Finding> findings = TrainingRuntime.find().examine();
    return Check.of(
        "doctor",
        findings.stream().allMatch(Finding::well),
        findings.stream()
            .map(f -> f.subject() + ": " + f.detail())
            .collect(Collectors.joining("; ")));
  }

  /** A step of a method on a small network, and the loss after it. */
  Check step(String method, int imageSize) {
    RunSpec spec =
        Run.spec("small-cnn", Map.of(), imageSize, BATCH, STEPS, OptimizerConfig.DEFAULTS);
    TrainingRecipe recipe = compile(Methods.all().require(method), spec).recipe();
    try (Run run =
        Run.open(
            recipe, spec, device, folder.resolve("step-" + method + System.nanoTime()), false)) {
      run.train(new Noise(recipe.inputs(), BATCH, VOCABULARY.size()));
      boolean moved = run.trainer().state().values().stream().allMatch(MethodChecks::finite);
      return Check.of(
          "method " + method,
          run.losses().size() == STEPS && run.losses().stream().allMatch(Double::isFinite) && moved,
          "losses %s, all state finite: %s".formatted(run.losses(), moved));
    }
  }

  private static boolean finite(Tensor tensor) {
    if (tensor.type() != ElementType.FLOAT) {
      return true;
    }
    for (float value : tensor.toFloats()) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private <C extends Record> CompiledMethod compile(MethodProvider<C> provider, RunSpec spec) {
    Map<String, String> options = new TreeMap<>();
    RecordOptions.options(provider.defaults()).stream()
        .map(option -> option.name())
        .filter(SMALL::containsKey)
        .forEach(name -> options.put(name, SMALL.getOrDefault(name, "")));
    if (provider.name().equals("distil")) {
      options.put("teacher", "onnx:" + teacher(spec));
    }
    Networks networks =
        new Networks(
            Backbones.create(spec.backbone(), spec.backboneOptions(), spec.imageSize()),
            provider.texts().map(MethodChecks::text));
    return Methods.compile(provider, options, spec, networks, Optimizers.standard());
  }

  private static TextEncoder text(TextConfig own) {
    TextConfig small = RecordOptions.override(own, TEXTS);
    return TextEncoders.all().require(small.network()).create(small, VOCABULARY);
  }

  /** A network that has learnt nothing, in a file. */
  private Path teacher(RunSpec spec) {
    CompiledMethod simClr = Run.simClr(spec);
    Map<String, Tensor> start = new TreeMap<>();
    simClr.recipe().program().state().forEach(s -> start.put(s.name(), s.initial().copy()));
    Path file = folder.resolve("teacher.onnx");
    simClr.exporter().export(start, BackboneExporter.BACKBONE, Map.of()).save(file);
    return file;
  }
}
