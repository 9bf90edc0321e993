package io.github.nolabel.methods.vision.defects;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.View;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.method.Methods;
import io.github.nolabel.methods.vision.TeacherFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A tiny run of a method on noise, on the CPU. */
final class TinyRun {

  static final int BATCH = 6;

  private static final Map<String, String> TINY =
      Map.ofEntries(
          Map.entry("projectionDim", "8"),
          Map.entry("hiddenDim", "12"),
          Map.entry("queueSize", "8"),
          Map.entry("predictionHiddenDim", "6"),
          Map.entry("numPrototypes", "7"),
          Map.entry("queueLength", "8"),
          Map.entry("queueStartEpoch", "0"),
          Map.entry("freezePrototypesSteps", "0"),
          Map.entry("freezeLastLayerEpochs", "0"),
          Map.entry("bottleneckDim", "6"),
          Map.entry("numCrops", "1"));

  private final CompiledMethod pretraining;
  private final Path directory;
  private int runs;

  TinyRun(String method, Map<String, String> own, Path directory) {
    this(method, own, Map.of("learningRate", "1e-2"), directory);
  }

  TinyRun(String method, Map<String, String> own, Map<String, String> optimizer, Path directory) {
    this.pretraining = Methods.compile(method, options(method, own, directory), run(optimizer));
    this.directory = directory;
  }

  private static Map<String, String> options(
      String method, Map<String, String> own, Path directory) {
    Map<String, String> options = new TreeMap<>();
    if (method.equals("distil")) {
      options.put("teacher", "onnx:" + TeacherFile.in(directory, "mobilenet-script"));
    }
    RecordOptions.options(Methods.all().require(method).defaults()).stream()
        .filter(option -> TINY.containsKey(option.name()))
        .forEach(option -> options.put(option.name(), TINY.getOrDefault(option.name(), "")));
    options.putAll(own);
    return options;
  }

  private static RunSpec run(Map<String, String> optimizer) {
    OptimizerConfig config = RecordOptions.override(OptimizerConfig.DEFAULTS, optimizer);
    Map<String, String> backbone = Map.of("width", "4", "stages", "2");
    return new RunSpec("small-cnn", backbone, 16, BATCH, 8, 2, 1, config, ScheduleConfig.DEFAULTS);
  }

  TrainingRecipe recipe() {
    return pretraining.recipe();
  }

  /** The values that state starts with. */
  Map<String, Tensor> start() {
    Map<String, Tensor> start = new TreeMap<>();
    recipe().program().state().forEach(s -> start.put(s.name(), s.initial().copy()));
    return start;
  }

  List<String> trained() {
    return recipe().program().state().stream().filter(s -> s.trained()).map(s -> s.name()).toList();
  }

  Trainer open(String name, boolean resume) {
    return open(recipe(), name, resume);
  }

  Trainer open(TrainingRecipe recipe, String name, boolean resume) {
    return open(recipe, name, resume, DeviceConfig.DEFAULTS);
  }

  Trainer open(TrainingRecipe recipe, String name, boolean resume, DeviceConfig config) {
    DeviceSettings cpu = new DeviceSettings(Device.CPU, 1, config);
    return TrainingRuntime.find()
        .open(
            recipe,
            new TrainerSettings(
                pretraining.run(),
                directory.resolve(name),
                resume,
                CheckpointConfig.DEFAULTS,
                cpu,
                Map.of()));
  }

  /** So many updates. */
  Outcome take(long steps) {
    return take(recipe(), steps, Map.of());
  }

  /** With some views made of other noise. */
  Outcome take(TrainingRecipe recipe, long steps, Map<String, Integer> salts) {
    try (Trainer trainer = open(recipe, "run-" + ++runs, false)) {
      List<Double> losses = train(trainer, steps, salts);
      Map<String, Tensor> state = new TreeMap<>();
      trainer.state().forEach((name, tensor) -> state.put(name, tensor.copy()));
      return new Outcome(losses, state);
    }
  }

  List<Double> train(Trainer trainer, long steps, Map<String, Integer> salts) {
    List<Double> losses = new ArrayList<>();
    TrainingListener stop =
        new TrainingListener() {
          @Override
          public void onStep(StepReport report) {
            losses.add(report.loss());
            if (report.step() >= steps) {
              trainer.requestStop();
            }
          }
        };
    trainer.train(new Noise(recipe().inputs().views(), salts), List.of(stop));
    return losses;
  }

  /** Losses by update, and the state after the last. */
  record Outcome(List<Double> losses, Map<String, Tensor> state) {

    Tensor state(String name) {
      Tensor tensor = state.get(name);
      if (tensor == null) {
        throw new IllegalStateException("no state " + name + " in " + state.keySet());
      }
      return tensor;
    }
  }

  /** The batch at an index is always the same. */
  private record Noise(List<View> views, Map<String, Integer> salts) implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return 2;
    }

    @Override
    public BatchStream from(long firstBatch) {
      return new BatchStream() {
        private long index = firstBatch;

        @Override
        public Batch next() {
          long batch = index++;
          Map<String, Tensor> tensors = new LinkedHashMap<>();
          views.forEach(view -> tensors.put(view.input(), noise(view, batch)));
          return new Batch(BATCH, tensors);
        }

        @Override
        public void close() {}
      };
    }

    private Tensor noise(View view, long batch) {
      int salt = salts.getOrDefault(view.input(), 0);
      SplittableRandom random =
          new SplittableRandom(31 * batch + view.input().hashCode() + 1_000_003L * salt);
      Tensor images = Tensor.zeros(ElementType.FLOAT, BATCH, 3, view.size(), view.size());
      var values = images.floats();
      while (values.hasRemaining()) {
        values.put((float) random.nextGaussian());
      }
      return images;
    }
  }
}
