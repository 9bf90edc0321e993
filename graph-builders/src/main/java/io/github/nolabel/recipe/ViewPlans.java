package io.github.nolabel.recipe;

import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import java.util.ArrayList;
import java.util.List;

/** Plans that several methods share; the views are called view_1, view_2, local_1, local_2, ... */
public final class ViewPlans {

  private ViewPlans() {}

  /** Two views by the same transforms. */
  public static InputPlan twice(int size, List<ViewTransform> transforms) {
    return two(size, transforms, transforms);
  }

  /** Two views by {@link Augmentations#simClr}. */
  public static InputPlan simClr(int size, ViewOptions options) {
    return twice(size, Augmentations.simClr(size, options));
  }

  /** Two views by {@link Augmentations#moCo}. */
  public static InputPlan moCo(int size, ViewOptions options) {
    return twice(size, Augmentations.moCo(size, options));
  }

  /** BYOL's two views: one always blurred, the other rarely blurred and sometimes solarised. */
  public static InputPlan byol(int size, ViewOptions options) {
    return two(
        size, Augmentations.byolFirst(size, options), Augmentations.byolSecond(size, options));
  }

  private static InputPlan two(int size, List<ViewTransform> first, List<ViewTransform> second) {
    return InputPlan.ofViews(
        List.of(new View("view_1", size, first), new View("view_2", size, second)),
        Preprocessing.standard(size));
  }

  /** The views of {@code plan} and {@code count} smaller ones. */
  public static InputPlan withLocals(
      InputPlan plan, int count, int size, List<ViewTransform> transforms) {
    List<View> views = new ArrayList<>(plan.views());
    for (int local = 1; local <= count; local++) {
      views.add(new View("local_" + local, size, transforms));
    }
    return InputPlan.ofViews(views, plan.evaluation());
  }
}
