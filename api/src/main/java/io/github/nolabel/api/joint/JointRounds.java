package io.github.nolabel.api.joint;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.JointRows;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.Rounds;
import io.github.nolabel.api.train.Snapshot;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One update after another, each with the gradient of its whole batch, see {@link JointPart}: the
 * workers pass images through the networks, the trainer compares and updates.
 */
public final class JointRounds implements Rounds {

  private static final double NANOS = 1e9;

  private final Trainer trainer;
  private final TrainingRecipe recipe;
  private final JointPart part;
  private final JointWorkers workers;
  private final int images;

  /**
   * @param trainer of the recipe
   * @param recipe one with a {@link TrainingRecipe#joint}
   * @param images of an update
   */
  public JointRounds(Trainer trainer, TrainingRecipe recipe, int images, JointWorkers workers) {
    this.trainer = trainer;
    this.recipe = recipe;
    this.part = recipe.joint().orElseThrow();
    this.workers = workers;
    this.images = images;
  }

  @Override
  public Round next(Snapshot from) {
    long begun = System.nanoTime();
    JointStart start = JointStart.of(from, recipe.controllers(), images);
    Map<String, Tensor> rows = workers.embed(start);
    Map<String, Tensor> found = compared(start, rows);
    Map<String, Tensor> moved = new LinkedHashMap<>();
    if (Double.isFinite(loss(found))) {
      moved.putAll(workers.gradients(start, cotangents(found)));
      addOwn(found, moved);
    }
    Round round = updated(from, moved, rows, found);
    double share = workers.secondsWaited() * NANOS / (System.nanoTime() - begun);
    return new Round(
        round.after(),
        round.reports().stream().map(report -> report.waiting(share)).toList(),
        round.images());
  }

  /** The loss, what is to be reported, and the derivatives. */
  private Map<String, Tensor> compared(JointStart start, Map<String, Tensor> rows) {
    Model comparison = trainer.model(JointPart.COMPARISON);
    Map<String, Tensor> inputs = new LinkedHashMap<>(rows);
    inputs.putAll(start.fed(comparison.inputs()));
    return comparison.run(only(comparison.inputs(), inputs));
  }

  private static float loss(Map<String, Tensor> found) {
    return Objects.requireNonNull(found.get(TrainingProgram.LOSS)).floats().get(0);
  }

  private Map<String, Tensor> cotangents(Map<String, Tensor> found) {
    Map<String, Tensor> cotangents = new LinkedHashMap<>();
    part.rows().stream()
        .filter(JointRows::moved)
        .map(JointRows::name)
        .forEach(
            name ->
                cotangents.put(
                    name, Objects.requireNonNull(found.get(JointPart.COTANGENT + name))));
    return cotangents;
  }

  /** Adds the derivatives of weights with which the comparison itself computes. */
  private static void addOwn(Map<String, Tensor> found, Map<String, Tensor> moved) {
    found.forEach(
        (name, own) -> {
          if (name.startsWith(JointPart.GRADIENT)) {
            String sum = JointPart.SUM + name.substring(JointPart.GRADIENT.length());
            moved.merge(sum, own, JointRounds::sum);
          }
        });
  }

  private static Tensor sum(Tensor first, Tensor second) {
    Tensor sum = first.copy();
    FloatBuffer into = sum.floats();
    FloatBuffer other = second.floats();
    for (int i = 0; i < into.limit(); i++) {
      into.put(i, into.get(i) + other.get(i));
    }
    return sum;
  }

  private Round updated(
      Snapshot from,
      Map<String, Tensor> moved,
      Map<String, Tensor> rows,
      Map<String, Tensor> found) {
    Map<String, Tensor> state = new LinkedHashMap<>(from.state());
    state.putAll(moved);
    trainer.restore(new Snapshot(from.step(), from.slots(), state, from.apart()));
    Map<String, Tensor> read = new LinkedHashMap<>(rows);
    found.forEach(
        (name, value) ->
            read.put(name.startsWith(JointPart.FOUND) ? name : JointPart.FOUND + name, value));
    Batch batch = new Batch(images, only(recipe.program().training().inputs(), read));
    List<StepReport> reports = trainer.advance(new Fed(i -> batch), 1);
    return new Round(trainer.snapshot(), reports, images);
  }

  private static Map<String, Tensor> only(List<TensorSpec> wanted, Map<String, Tensor> given) {
    Map<String, Tensor> only = new LinkedHashMap<>(given);
    only.keySet().retainAll(wanted.stream().map(TensorSpec::name).toList());
    return only;
  }

  @Override
  public Map<String, Tensor> apart() {
    return Map.of();
  }
}
