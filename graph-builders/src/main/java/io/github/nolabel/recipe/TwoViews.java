package io.github.nolabel.recipe;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.monitor.Monitors;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.function.BinaryOperator;

/**
 * The two views of every image of a batch, or what a network makes of them: float[N, ...] each,
 * partners by row.
 */
public record TwoViews(Value first, Value second) {

  /**
   * The inputs view_1 and view_2 of a step, as {@link ViewPlans} plans them.
   *
   * @param shape of each, such as the backbone's
   */
  public static TwoViews of(StepGraph step, Shape shape) {
    return new TwoViews(step.view("view_1", shape), step.view("view_2", shape));
  }

  /** Each passes alone and has batch statistics of its own. */
  public TwoViews alone(TensorFunction network) {
    return new TwoViews(network.apply(first), network.apply(second));
  }

  /** Both pass as one batch and share its statistics. */
  public TwoViews together(Ops g, TensorFunction network) {
    Value both = network.apply(g.concat(0, first, second));
    List<Value> each = g.splitLike(both, 0, List.of(first, second));
    return new TwoViews(each.get(0), each.get(1));
  }

  /** These embeddings, float[N, D] each, with what {@link Monitors#embeddings} reports of them. */
  public TwoViews monitored(StepGraph step) {
    Monitors.embeddings(step, first, second);
    return this;
  }

  /**
   * A loss in both directions, each view against the other's partner.
   *
   * <pre>
   * term(first, others.second) + term(second, others.first)
   * </pre>
   *
   * @param others the same images, such as these views themselves or a teacher's of them
   * @return float[], if that is what the term gives
   */
  public Value crosswise(Ops g, TwoViews others, BinaryOperator<Value> term) {
    return g.add(term.apply(first, others.second), term.apply(second, others.first));
  }
}
