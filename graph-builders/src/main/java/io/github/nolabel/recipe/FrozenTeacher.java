package io.github.nolabel.recipe;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.layer.Shrinking;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.function.IntToDoubleFunction;

/**
 * A network within a training step that never changes: it is not trained, its running statistics
 * stay and its dropout is off. Its parameters are part of the run's state, and of no export.
 */
public record FrozenTeacher(Backbone network) {

  /** Not "teacher": that is what a moving copy of the student is called. */
  private static final String SCOPE = "frozen";

  /** Width and height of its images in pixels. */
  public int size() {
    return Math.toIntExact(network.inputShape().extent(2));
  }

  /** The extent of axis 1 of {@link #features}. */
  public int featureWidth() {
    return network.featureWidth();
  }

  /**
   * Its features of a view, float[N, featureWidth], which carry no gradient; called once per step.
   *
   * @param view float[N, 3, S, S], S at least {@link #size()}; it is shrunk to that
   * @param normalisation of the view; colours are brought to the teacher's own
   */
  public Value features(StepGraph step, Value view, Normalisation normalisation) {
    Ops g = step.ops(SCOPE);
    int from = Math.toIntExact(view.shape().extent(2));
    Value images = new Shrinking(from, size()).of(g, view);
    Value seen = coloured(g, images, normalisation);
    return g.detach(network.attach(step.graph().inferenceScope(SCOPE)).apply(seen));
  }

  /** {@code (x s + m - m') / s'} per channel, from one mean and deviation to another. */
  private Value coloured(Ops g, Value images, Normalisation was) {
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
