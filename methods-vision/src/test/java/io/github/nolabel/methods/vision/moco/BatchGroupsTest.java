package io.github.nolabel.methods.vision.moco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.fragment.layer.BatchGroups;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Objective;
import io.github.nolabel.objective.TrainingCompiler;
import io.github.nolabel.step.StepGraph;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Seven images, each of one number, in three parts. The network takes away the mean of the part it
 * sees, so every result tells with whom its image was.
 */
class BatchGroupsTest {

  private static final float[] IMAGES = {1, 2, 4, 8, 16, 32, 64};
  private static final Backbone BACKBONE =
      Backbones.create("small-cnn", Map.of("width", "4", "stages", "2"), 16);

  @TempDir Path directory;

  @Test
  void inOrderNeighboursAreTogether() {
    requireParts(false, new int[][] {{0, 1, 2}, {3, 4}, {5, 6}});
  }

  @Test
  void mixedNeighboursAreApartAndComeBackInOrder() {
    requireParts(true, new int[][] {{0, 3, 6}, {1, 4}, {2, 5}});
  }

  @Test
  void onePartIsTheWholeBatchOfAnySize() {
    BatchGroups one = new BatchGroups(1, 7);
    Shape shape = Shape.batched(3, 16, 16);
    assertThat(one.shape(shape)).isEqualTo(shape);
    assertThat(new BatchGroups(3, 7).shape(shape)).isEqualTo(Shape.of(7, 3, 16, 16));
  }

  private void requireParts(boolean mixed, int[][] parts) {
    Map<String, Double> seen = results(mixed);
    for (int[] part : parts) {
      double mean = 0;
      for (int row : part) {
        mean += IMAGES[row] / part.length;
      }
      for (int row : part) {
        assertThat(seen.get("row_" + row))
            .as("row %d", row)
            .isCloseTo(IMAGES[row] - mean, within(1e-4));
      }
    }
  }

  private Map<String, Double> results(boolean mixed) {
    RunSpec run = RunSpec.of("small-cnn", 16, IMAGES.length, IMAGES.length, 1);
    TrainingRecipe recipe = new TrainingCompiler(run).compile(new Centred(mixed));
    Map<String, Double> seen = new LinkedHashMap<>();
    TrainerSettings settings =
        new TrainerSettings(
            run,
            directory.resolve("run"),
            false,
            CheckpointConfig.DEFAULTS,
            new DeviceSettings(Device.CPU, 1),
            Map.of());
    try (Trainer trainer = TrainingRuntime.find().open(recipe, settings)) {
      trainer.train(new Flat(), List.of(new Values(seen)));
    }
    return seen;
  }

  private record Values(Map<String, Double> seen) implements TrainingListener {

    @Override
    public void onStep(StepReport report) {
      seen.putAll(report.values());
    }
  }

  private record Flat() implements BatchSource, BatchStream {

    @Override
    public long batchesPerEpoch() {
      return 1;
    }

    @Override
    public BatchStream from(long firstBatch) {
      return this;
    }

    @Override
    public Batch next() {
      Tensor images = Tensor.zeros(ElementType.FLOAT, IMAGES.length, 3, 16, 16);
      var values = images.floats();
      for (int i = 0; values.hasRemaining(); i++) {
        values.put(IMAGES[i / (3 * 16 * 16)]);
      }
      return new Batch(IMAGES.length, Map.of("view_1", images));
    }

    @Override
    public void close() {}
  }

  private record Centred(boolean mixed) implements Objective {

    @Override
    public Value loss(StepGraph step) {
      Ops g = step.ops("loss");
      BatchGroups groups = new BatchGroups(3, IMAGES.length);
      Value images = step.view("view_1", groups.shape(BACKBONE.inputShape()));
      TensorFunction centred = x -> g.sub(x, g.reduceMean(x, true, 0));
      Value y = (mixed ? groups.mixed(g, centred) : groups.inOrder(g, centred)).apply(images);
      for (int row = 0; row < IMAGES.length; row++) {
        step.monitor("row_" + row, g.reduceMean(g.slice(y, 0, row, row + 1), false));
      }
      return g.reduceMean(BACKBONE.attach(step.scope("student")).apply(images), false);
    }

    @Override
    public InputPlan inputs() {
      List<View> views = List.of(new View("view_1", 16, List.of()));
      return InputPlan.ofViews(views, Preprocessing.standard(16));
    }

    @Override
    public List<Cut> cuts() {
      return List.of(new Cut("backbone", "student", BACKBONE));
    }
  }
}
