package io.github.nolabel.recipe;

import com.google.inject.Inject;
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
import java.util.stream.Stream;

/**
 * Two large and some small crops of an image through one network, as SwAV and DINO do: crops of one
 * size pass the backbone together and share their batch statistics there, the large ones first; the
 * features of all crops pass the head together, once. An objective asks for it in its constructor,
 * where {@link MultiCropOptions} are part of the configuration.
 */
public record MultiCrop(MultiCropOptions options, Backbone backbone, RunSpec run) {

  @Inject
  public MultiCrop {
    Require.that(
        options.minLocalCropScale() <= options.maxLocalCropScale(),
        "minLocalCropScale %s is above maxLocalCropScale %s."
            .formatted(options.minLocalCropScale(), options.maxLocalCropScale()));
  }

  /** The crops that a step reads. */
  public Crops of(StepGraph step) {
    Shape small = Shape.batched(3, localSize(), localSize());
    return new Crops(
        List.of(
            step.view("view_1", backbone.inputShape()), step.view("view_2", backbone.inputShape())),
        IntStream.rangeClosed(1, options.numCrops())
            .mapToObj(local -> step.view("local_" + local, small))
            .toList());
  }

  /**
   * The crops of a batch.
   *
   * @param globals the two large ones, float[N, 3, S, S] each
   * @param locals the small ones, float[N, 3, s, s] each
   */
  public record Crops(List<Value> globals, List<Value> locals) {

    /** The features of all crops as one batch, float[crops * N, D]: one pass for each size. */
    public Value features(Ops g, TensorFunction backbone) {
      List<Value> features =
          Stream.of(globals, locals)
              .filter(crops -> !crops.isEmpty())
              .map(crops -> backbone.apply(g.concat(0, crops)))
              .toList();
      return g.concat(0, features);
    }

    /** What belongs to each crop of such a batch, the large ones first: float[N, ...] each. */
    public List<Value> apart(Ops g, Value all) {
      return g.splitLike(all, 0, Stream.of(globals, locals).flatMap(List::stream).toList());
    }
  }

  /** SwAV's plan (Caron et al. 2020): all crops by SimCLR's transforms. */
  public InputPlan simClr(ViewOptions views) {
    int size = run.imageSize();
    return plan(ViewPlans.simClr(size, views), Augmentations.simClr(size, views));
  }

  /** DINO's plan (Caron et al. 2021): the large crops as BYOL's, half of the small ones blurred. */
  public InputPlan byol(ViewOptions views) {
    int size = run.imageSize();
    return plan(ViewPlans.byol(size, views), Augmentations.byolLocal(size, views));
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
