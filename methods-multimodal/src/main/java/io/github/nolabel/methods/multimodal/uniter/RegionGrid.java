package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform.RandomResizedCrop;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.step.StepGraph;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * The cells of the backbone's grid as an image's regions, in place of a detector's boxes.
 *
 * @param view the look at the image that a step reads
 */
record RegionGrid(Backbone backbone, View view) implements RegionSource {

  private static final String IMAGE = "image";

  static RegionGrid of(Backbone backbone, int imageSize, double minCropScale) {
    return new RegionGrid(
        backbone, new View(IMAGE, imageSize, List.of(RandomResizedCrop.scale(minCropScale, 1))));
  }

  @Override
  public int width() {
    return backbone.featureWidth();
  }

  @Override
  public List<Input> inputs() {
    return List.of(new Input.Image(view));
  }

  @Override
  public List<TensorSpec> reads() {
    return List.of(TensorSpec.floats(TrainingProgram.IMAGES, backbone.inputShape()));
  }

  @Override
  public Map<String, Value> read(StepGraph step) {
    return Map.of(TrainingProgram.IMAGES, step.view(view.input(), backbone.inputShape()));
  }

  @Override
  public Function<Map<String, Value>, Regions> attach(Scope scope) {
    var cells = cells().attach(scope);
    return in ->
        regions(
            scope.ops(),
            cells.apply(Objects.requireNonNull(in.get(TrainingProgram.IMAGES), "images")));
  }

  private static Regions regions(Ops g, Value features) {
    Value one = g.squeeze(g.slice(features, 2, 0, 1), 2);
    Value everyOne = g.cast(g.add(g.zerosLike(one), g.constant(1)), ElementType.INT64);
    int count = Math.toIntExact(features.shape().extent(1));
    return new Regions(features, g.constant(places(count)), everyOne);
  }

  @Override
  public List<Cut> cuts(String scope, String child) {
    return List.of(
        new Cut(BackboneExporter.BACKBONE, scope, top -> backbone.attach(top.child(child))));
  }

  /** Images to float[N, cells, featureWidth], without a class token. */
  Fragment cells() {
    return scope -> {
      var all = backbone.tokens().attach(scope);
      return images -> withoutClassToken(scope.ops(), all.apply(images));
    };
  }

  private static Value withoutClassToken(Ops g, Value tokens) {
    long count = tokens.shape().extent(1);
    boolean classToken = !isSquare(count) && isSquare(count - 1);
    return classToken ? g.slice(tokens, 1, 1, count) : tokens;
  }

  /** Where the cells lie: x1, y1, x2, y2, width, height and area, of a side of 1; [1, cells, 7]. */
  static Tensor places(int cells) {
    int side = Math.toIntExact(Math.round(Math.sqrt((double) cells)));
    Require.that(side * side == cells, "%d regions make no square grid".formatted(cells));
    float unit = 1f / side;
    float[] places = new float[7 * cells];
    for (int cell = 0; cell < cells; cell++) {
      int row = cell / side;
      float x = unit * (cell - row * side);
      float y = unit * row;
      float[] place = {x, y, x + unit, y + unit, unit, unit, unit * unit};
      System.arraycopy(place, 0, places, 7 * cell, 7);
    }
    return Tensor.of(places, 1, cells, 7);
  }

  private static boolean isSquare(long number) {
    long root = Math.round(Math.sqrt((double) number));
    return root * root == number;
  }
}
