package io.github.nolabel.view;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.input.ViewFeed;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.view.DrawnView;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.onnx.OnnxPrefix;
import io.github.nolabel.onnx.OnnxWriter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Puts the rendering of views before a finished training step: it then reads a {@link ViewFeed} in
 * place of views. The step itself, its state and what a checkpoint belongs to stay as they are; no
 * gradient flows into a view, and all is computed in float32.
 */
public final class RenderedViews {

  private static final double TO_UNIT = 1 / 255f;

  private RenderedViews() {}

  /** The same recipe for a loader that feeds {@code feed}. */
  public static TrainingRecipe of(TrainingRecipe recipe, ViewFeed feed) {
    TrainingProgram program = recipe.program();
    Dim batch = batch(program, feed);
    TrainingProgram rendering =
        new TrainingProgram(
            OnnxPrefix.before(program.training(), graph(feed, recipe.inputs(), batch)),
            program.evaluations(),
            program.state(),
            program.identity());
    return new TrainingRecipe(rendering, recipe.controllers(), recipe.inputs(), recipe.frozen());
  }

  /** The rendering alone, from the feed to the views: what a network is shown. */
  public static OnnxModel alone(ViewFeed feed, InputPlan plan) {
    return OnnxWriter.inference(
        graph(feed, plan, Dim.BATCH), Map.of(), Collections.emptySortedMap());
  }

  /** A graph from the feed to the views, under their names. */
  private static Graph graph(ViewFeed feed, InputPlan plan, Dim batch) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value bytes =
        graph.input(ViewFeed.PICTURES, ElementType.UINT8, with(batch, feed.pictures().shape()));
    Value pictures = unit(graph.ops("views"), bytes);
    Map<String, Value> views = new LinkedHashMap<>();
    for (DrawnView view : feed.views()) {
      TensorSpec spec = view.spec();
      Value drawn = graph.input(spec.name(), with(batch, spec.shape()));
      Ops g = graph.ops("views/" + view.view().input());
      Value rendered = rendered(g, view, pictures, drawn);
      views.put(view.view().input(), normalised(g, rendered, plan.evaluation().normalisation()));
    }
    return graph.build(views);
  }

  /** uint8[N, H, W, 3] to float[N, 3, H, W] in [0, 1]. */
  private static Value unit(Ops g, Value bytes) {
    return g.mul(g.cast(g.transpose(bytes, 0, 3, 1, 2), ElementType.FLOAT), TO_UNIT);
  }

  private static Value rendered(Ops g, DrawnView view, Value pictures, Value drawn) {
    List<Long> parts = new ArrayList<>(List.of((long) DrawnView.FRAME));
    List<ViewTransform> changes = new ArrayList<>();
    for (ViewTransform change : view.changes()) {
      long numbers = DrawnView.numbers(change).orElseThrow();
      if (numbers > 0) {
        changes.add(change);
        parts.add(numbers);
      }
    }
    List<Value> apart =
        parts.size() == 1
            ? List.of(drawn)
            : g.split(drawn, 1, parts.stream().mapToLong(Long::longValue).toArray());
    Value image =
        new Framed(view.view().size(), view.interpolation()).of(g, pictures, apart.get(0));
    for (int i = 0; i < changes.size(); i++) {
      image = GraphChange.of(changes.get(i)).orElseThrow().of(g, image, apart.get(i + 1));
    }
    return image;
  }

  /** {@code (x - mean) / std} per channel. */
  private static Value normalised(Ops g, Value image, Normalisation normalisation) {
    Value mean = g.constant(perChannel(normalisation.mean()));
    return g.div(g.sub(image, mean), g.constant(perChannel(normalisation.std())));
  }

  private static Tensor perChannel(List<Double> values) {
    float[] floats = new float[values.size()];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = values.get(i).floatValue();
    }
    return Tensor.of(floats, 1, floats.length, 1, 1);
  }

  /** The batch axis: a method that splits its batch reads one of a fixed size. */
  private static Dim batch(TrainingProgram program, ViewFeed feed) {
    String first = feed.views().get(0).view().input();
    return program.training().inputs().stream()
        .filter(input -> input.name().equals(first))
        .map(input -> input.shape().dim(0))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the step does not read " + first));
  }

  private static Shape with(Dim batch, Shape shape) {
    List<Dim> dims = new ArrayList<>(shape.dims());
    dims.set(0, batch);
    return new Shape(dims);
  }
}
