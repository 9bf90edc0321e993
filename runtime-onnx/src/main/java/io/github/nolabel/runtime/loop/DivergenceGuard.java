package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.checkpoint.StateSource;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Stops a run at the first step that left the finite numbers, before it reaches a checkpoint. */
final class DivergenceGuard {

  private final Supplier<Optional<Path>> newestCheckpoint;
  private String lastGood = "there was none before";
  private boolean diverged;

  DivergenceGuard(Supplier<Optional<Path>> newestCheckpoint) {
    this.newestCheckpoint = newestCheckpoint;
  }

  /** Whether the state in memory may be damaged. */
  boolean hasDiverged() {
    return diverged;
  }

  /**
   * @param step the update the outputs belong to, counted from one
   * @throws TrainingDivergedException if the loss or the gradient is not finite, unless the step
   *     was skipped for it
   */
  void checkOutputs(long step, Map<String, Double> outputs) {
    if (outputs.getOrDefault(TrainingProgram.SKIPPED, 0.0) != 0) {
      return;
    }
    double loss = outputs.getOrDefault(TrainingProgram.LOSS, 0.0);
    boolean finite = outputs.getOrDefault(TrainingProgram.FINITE, 1.0) != 0;
    if (!finite || !Double.isFinite(loss)) {
      String what = "the loss or the gradient is not finite (%s)".formatted(text(outputs));
      throw step == 1 ? unfit(step, "at step 1 " + what) : diverged(step, what);
    }
    lastGood = "step %d had %s".formatted(step, text(outputs));
  }

  /**
   * The same state, read with care.
   *
   * @throws TrainingDivergedException when it is read, if a float tensor holds something else than
   *     finite numbers
   */
  StateSource checked(long step, StateSource state) {
    return new StateSource(
        state.tensors(), tensor -> checked(step, tensor.name(), state.values().apply(tensor)));
  }

  private Tensor checked(long step, String name, Tensor tensor) {
    if (tensor.type() == ElementType.FLOAT && !isFinite(tensor.floats())) {
      String what = "the state tensor '%s' is not finite".formatted(name);
      throw step == 0 ? unfit(step, what) : diverged(step, what);
    }
    return tensor;
  }

  private TrainingDivergedException diverged(long step, String what) {
    diverged = true;
    String back =
        newestCheckpoint
            .get()
            .map(path -> "The last good state is " + path + "; nothing later was written.")
            .orElse("No checkpoint was written.");
    return new TrainingDivergedException(
        step,
        "Training diverged at step %d: %s; %s. %s A lower learning rate, a longer warm-up (schedule.warmupSteps) or clipping (optimizer.clipNorm) usually helps."
            .formatted(step, what, lastGood, back));
  }

  /** Before the first update, no option of the optimizer has had any effect. */
  private TrainingDivergedException unfit(long step, String what) {
    diverged = true;
    return new TrainingDivergedException(
        step,
        "Training cannot begin: %s before anything was learnt, so no learning rate helps. The weights that it starts with are damaged or far too large, or an option such as a temperature is too small. Start with other weights, or with none."
            .formatted(what));
  }

  private static boolean isFinite(FloatBuffer values) {
    // Zero times a finite number is zero; infinities and NaN turn the sum into NaN.
    float poison = 0;
    for (int i = 0; i < values.limit(); i++) {
      poison += 0 * values.get(i);
    }
    return poison == 0;
  }

  private static String text(Map<String, Double> outputs) {
    return outputs.entrySet().stream()
        .filter(entry -> !entry.getKey().equals(TrainingProgram.FINITE))
        .map(entry -> String.format(Locale.ROOT, "%s %.6g", entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
  }
}
