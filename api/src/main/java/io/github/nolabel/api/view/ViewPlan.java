package io.github.nolabel.api.view;

import io.github.nolabel.api.Require;
import java.util.List;

/**
 * What a method wants to see of every image: its augmented views, and the plain one for evaluation.
 * Renderer, run record, evaluation and export read the same plan.
 */
public record ViewPlan(List<View> views, Preprocessing evaluation) {

  public ViewPlan {
    views = List.copyOf(views);
    Require.that(!views.isEmpty(), "a method needs at least one view");
  }

  /** The same with other statistics of colours. */
  public ViewPlan normalised(Normalisation normalisation) {
    return new ViewPlan(
        views, new Preprocessing(evaluation.size(), evaluation.cropShare(), normalisation));
  }
}
