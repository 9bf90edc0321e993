package io.github.nolabel.benchmarks;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.objective.TrainingCompiler;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Whether a teacher is where its formula says, after one step that writes it in place. */
final class TeacherCheck {

  private static final int SIZE = 16;
  private static final double MOMENTUM = 0.9;
  private static final double TOLERANCE = 1e-5;

  private final Device device;
  private final Path folder;

  TeacherCheck(Device device, Path folder) {
    this.device = device;
    this.folder = folder;
  }

  Check run() {
    RunSpec spec = Run.spec("small-cnn", Map.of(), SIZE, 16, 1, Run.descent());
    Twins twins = new Twins(Backbones.create("small-cnn", Map.of(), SIZE), SIZE, MOMENTUM);
    TrainingRecipe recipe = new TrainingCompiler(spec).compile(twins);
    try (Run run = Run.open(recipe, spec, device, folder, false)) {
      Map<String, Tensor> before = run.trainer().state();
      run.train(new Gratings(16, SIZE, 4));
      Map<String, Tensor> after = run.trainer().state();
      Map<String, Tensor> expected = new LinkedHashMap<>();
      recipe.program().state().stream()
          .filter(tensor -> tensor.trained() && tensor.name().startsWith("student/"))
          .map(StateTensor::name)
          .forEach(student -> expect(student, before, after, expected));
      double moved = Distances.worst(before, after, name -> name.startsWith("teacher/"));
      double error = Distances.worst(expected, after, name -> true);
      return Check.of(
          "teacher (EMA)",
          error <= TOLERANCE && moved > 10 * TOLERANCE,
          "%d tensors, off by %.1e at most (%.0e allowed), moved by %.1e"
              .formatted(expected.size(), error, TOLERANCE, moved));
    }
  }

  private static void expect(
      String student,
      Map<String, Tensor> before,
      Map<String, Tensor> after,
      Map<String, Tensor> expected) {
    String teacher = "teacher" + student.substring("student".length());
    Tensor old = before.get(teacher);
    Tensor moved = after.get(student);
    if (old == null || moved == null) {
      throw new IllegalStateException("There is no '%s' beside '%s'".formatted(teacher, student));
    }
    Tensor mean = old.copy();
    for (int i = 0; i < mean.elements(); i++) {
      double value = MOMENTUM * old.floats().get(i) + (1 - MOMENTUM) * moved.floats().get(i);
      mean.floats().put(i, (float) value);
    }
    expected.put(teacher, mean);
  }
}
