package io.github.nolabel.recipe;

import com.google.inject.Inject;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.layer.Shrinking;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A network within a training step that never changes, beside a student that learns from it: it is
 * not trained, its running statistics stay and its dropout is off. Its parameters are part of the
 * run's state, and of no export. Both read one view, each in its own size and colours. An objective
 * asks for it in its constructor, where {@link FrozenTeacherOptions} are part of the configuration.
 */
public record FrozenTeacher(Backbone network, Backbone student) {

  /** Not "teacher": that is what a moving copy of the student is called. */
  private static final String SCOPE = "frozen";

  /**
   * Reads the teacher.
   *
   * @throws io.github.nolabel.api.UserMistake if none is named, or it cannot be read
   */
  @Inject
  public FrozenTeacher(FrozenTeacherOptions options, Backbone student) {
    this(options.network(), student);
  }

  /** The extent of axis 1 of {@link #features}. */
  public int featureWidth() {
    return network.featureWidth();
  }

  /** The view that both read, float[N, 3, S, S]: S is the larger of their sizes. */
  public Value view(StepGraph step) {
    return step.view("view_1", Shape.batched(3, viewSize(), viewSize()));
  }

  /** The plan of that view, by {@link Augmentations#moCo}. */
  public InputPlan moCo(ViewOptions options) {
    View view = new View("view_1", viewSize(), Augmentations.moCo(viewSize(), options));
    return InputPlan.ofViews(List.of(view), Preprocessing.standard(student.imageSize()));
  }

  /** The view in the student's size. */
  public Value forStudent(Ops g, Value view) {
    return new Shrinking(viewSize(), student.imageSize()).of(g, view);
  }

  /**
   * Its features of the view, float[N, featureWidth], which carry no gradient; called once per
   * step. The view's colours are the student's.
   */
  public Value features(StepGraph step, Value view) {
    Ops g = step.ops(SCOPE);
    Value seen = coloured(g, new Shrinking(viewSize(), network.imageSize()).of(g, view));
    return g.detach(network.attach(step.graph().inferenceScope(SCOPE)).apply(seen));
  }

  private int viewSize() {
    return Math.max(student.imageSize(), network.imageSize());
  }

  /** {@code (x s + m - m') / s'} per channel, from the student's mean and deviation to its own. */
  private Value coloured(Ops g, Value images) {
    Normalisation was = student.normalisation().orElse(Normalisation.IMAGENET);
    Normalisation is = network.normalisation().orElse(Normalisation.IMAGENET);
    if (is.equals(was)) {
      return images;
    }
    Value factor = perChannel(g, c -> was.std().get(c) / is.std().get(c));
    Value shift = perChannel(g, c -> (was.mean().get(c) - is.mean().get(c)) / is.std().get(c));
    return g.add(g.mul(images, factor), shift);
  }

  private static Value perChannel(Ops g, IntToDoubleFunction number) {
    float[] values = new float[3];
    for (int c = 0; c < values.length; c++) {
      values[c] = (float) number.applyAsDouble(c);
    }
    return g.constant(Tensor.of(values, 1, values.length, 1, 1));
  }
}
