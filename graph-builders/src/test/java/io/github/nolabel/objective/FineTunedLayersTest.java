package io.github.nolabel.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.evaluation.FineTuning;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.testing.Interpreter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One step of plain gradient descent of a fine-tuned network with two layers, in the runtime. */
class FineTunedLayersTest {

  private static final Map<String, String> SMALL = Map.of("width", "4", "stages", "2");
  private static final FlatColours IMAGES = new FlatColours(16, 0);

  private final CutClassifiers classifiers =
      new CutClassifiers(new Shrinking(Backbones.create("small-cnn", SMALL, 16)));

  @TempDir Path directory;

  @Test
  void theLowerALayerTheLessItMoves() {
    Map<String, double[]> plain = moves("1");
    Map<String, double[]> decayed = moves("0.5");
    plain.forEach(
        (name, move) -> {
          double factor = name.contains("stage_1/") ? 0.25 : name.contains("stage_2/") ? 0.5 : 1;
          double[] less = Interpreter.require(decayed, name);
          for (int i = 0; i < move.length; i++) {
            assertThat(less[i]).as("%s[%d]", name, i).isCloseTo(factor * move[i], within(2e-7));
          }
        });
    assertThat(longest(plain, "stage_1/conv/")).isGreaterThan(1e-4);
    assertThat(longest(plain, "stage_2/conv/")).isGreaterThan(1e-4);
  }

  private static double longest(Map<String, double[]> moves, String layer) {
    return moves.entrySet().stream()
        .filter(move -> move.getKey().contains(layer))
        .flatMapToDouble(move -> Arrays.stream(move.getValue()))
        .map(Math::abs)
        .max()
        .orElse(0);
  }

  private Map<String, double[]> moves(String layerDecay) {
    FineTuning protocol =
        RecordOptions.override(
            FineTuning.DEFAULTS,
            Map.of(
                "optimizer", "sgd",
                "momentum", "0",
                "weightDecay", "0",
                "learningRate", "0.1",
                "layerDecay", layerDecay));
    RunSpec run =
        new RunSpec(
            "small-cnn",
            SMALL,
            16,
            8,
            1,
            1,
            0,
            protocol.optimizerConfig(),
            ScheduleConfig.DEFAULTS);
    InputPlan views = protocol.inputs(Preprocessing.standard(16));
    TrainingRecipe fresh =
        new TrainingCompiler(run).compile(new Shrinking(Backbones.create("small-cnn", SMALL, 16)));
    TrainingRecipe recipe =
        classifiers.fineTuning(
            initial(fresh), classifiers.defaultCut(), IMAGES.classes().size(), views, run);
    Map<String, Tensor> before = initial(recipe);
    TrainerSettings settings =
        new TrainerSettings(
            run,
            directory.resolve(layerDecay),
            false,
            CheckpointConfig.DEFAULTS,
            new DeviceSettings(Device.CPU, 1),
            Map.of());
    try (Trainer trainer = TrainingRuntime.find().open(recipe, settings)) {
      trainer.train(IMAGES.batches(views, 8, 0), List.of());
      return differences(recipe, before, trainer.state());
    }
  }

  private static Map<String, Tensor> initial(TrainingRecipe recipe) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    recipe.program().state().forEach(t -> state.put(t.name(), t.initial().copy()));
    return state;
  }

  private static Map<String, double[]> differences(
      TrainingRecipe recipe, Map<String, Tensor> before, Map<String, Tensor> after) {
    Map<String, double[]> moves = new LinkedHashMap<>();
    for (StateTensor tensor : recipe.program().state()) {
      if (tensor.trained()) {
        float[] old = Interpreter.require(before, tensor.name()).toFloats();
        float[] now = Interpreter.require(after, tensor.name()).toFloats();
        double[] move = new double[old.length];
        for (int i = 0; i < old.length; i++) {
          move[i] = (double) now[i] - old[i];
        }
        moves.put(tensor.name(), move);
      }
    }
    return moves;
  }
}
