package io.github.nolabel.recipe;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Two large and some small crops of an image through one network. Crops of one size pass together
 * and share their batch statistics, the large ones first.
 */
public record MultiCrop(MultiCropOptions options, Backbone backbone, RunSpec run) {

  public MultiCrop {
    Require.that(
        options.minLocalCropScale() <= options.maxLocalCropScale(),
        "minLocalCropScale %s is above maxLocalCropScale %s."
            .formatted(options.minLocalCropScale(), options.maxLocalCropScale()));
  }

  /** The two large crops, float[N, 3, S, S] each. */
  public List<Value> globals(StepGraph step) {
    return List.of(
        step.view("view_1", backbone.inputShape()), step.view("view_2", backbone.inputShape()));
  }

  /** The small crops, float[N, 3, s, s] each. */
  public List<Value> locals(StepGraph step) {
    Shape shape = Shape.batched(3, localSize(), localSize());
    return IntStream.rangeClosed(1, options.numCrops())
        .mapToObj(local -> step.view("local_" + local, shape))
        .toList();
  }

  /** {@code network} applied to all crops at once; none for none. */
  public static List<Value> perCrop(Ops g, TensorFunction network, List<Value> crops) {
    return crops.isEmpty() ? List.of() : g.splitLike(network.apply(g.concat(0, crops)), 0, crops);
  }

  /** The plan for the large views, with the small ones. */
  public InputPlan plan(InputPlan globals, List<ViewTransform> local) {
    List<ViewTransform> cropped =
        Augmentations.cropped(local, options.minLocalCropScale(), options.maxLocalCropScale());
    return ViewPlans.withLocals(globals, options.numCrops(), localSize(), cropped);
  }

  int localSize() {
    int wanted = options.localCropSize() > 0 ? options.localCropSize() : run.imageSize() * 3 / 7;
    return backbone.nearestSize(wanted);
  }
}
