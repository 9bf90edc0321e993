package io.github.nolabel.methods.multimodal.tower;

import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.TensorFunction;
import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.Cut;
import io.github.nolabel.objective.Network;
import io.github.nolabel.step.StepGraph;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** A network for images and one for texts, each with a projector into the space they share. */
public record TwoTowers(
    Backbone backbone, TextEncoder text, ProjectionOptions projection, Pooling pooling) {

  /** The cut from images to unit vectors, and the scope of the image tower. */
  public static final String IMAGE = BackboneExporter.IMAGE;

  /** The cut from token ids to unit vectors, and the scope of the text tower. */
  public static final String TEXT = BackboneExporter.TEXT;

  private static final String PROJECTOR = "projector";

  public TwoTowers {
    projection.requireWidths(backbone.featureWidth(), text.featureWidth());
  }

  /** On the networks' own features. */
  public TwoTowers(Backbone backbone, TextEncoder text, ProjectionOptions projection) {
    this(backbone, text, projection, Pooling.POOLED);
  }

  /** An image with a caption, then further views of the image. */
  public InputPlan plan(List<ViewTransform> transforms, Preprocessing evaluation, View... views) {
    List<Input> inputs = new ArrayList<>();
    inputs.add(new Input.Image(new View(IMAGE, evaluation.size(), transforms)));
    inputs.addAll(caption().inputs());
    List.of(views).forEach(view -> inputs.add(new Input.Image(view)));
    return new InputPlan(inputs, evaluation);
  }

  /** float[N, 3, S, S] */
  public Value image(StepGraph step) {
    return step.view(IMAGE, backbone.inputShape());
  }

  /** int64[N, length] */
  public Value ids(StepGraph step) {
    return caption().ids(step);
  }

  /** int64[N, length] */
  public Value mask(StepGraph step) {
    return caption().mask(step);
  }

  /** From the backbone's feature into the space: float[N, width] to float[N, embedDim]. */
  public TensorFunction imageProjector(Scope image) {
    return projection.from(backbone.featureWidth()).attach(image.child(PROJECTOR));
  }

  /** From the text network's feature into the space: float[N, width] to float[N, embedDim]. */
  public TensorFunction textProjector(Scope text) {
    return projection.from(this.text.featureWidth()).attach(text.child(PROJECTOR));
  }

  /** From images into the space. */
  public Fragment imageTower() {
    return pooling.images(backbone).then(PROJECTOR, projection.from(backbone.featureWidth()));
  }

  /** From token ids and their mask into the space. */
  public BinaryOperator<Value> textTower(Scope scope) {
    BinaryOperator<Value> feature = pooling.texts(text, scope);
    TensorFunction projector = textProjector(scope);
    return (ids, mask) -> projector.apply(feature.apply(ids, mask));
  }

  /** The backbone, and each tower up to unit vectors. */
  public List<Cut> cuts() {
    return List.of(
        new Cut(BackboneExporter.BACKBONE, IMAGE, backbone),
        new Cut(IMAGE, IMAGE, List.of(), Network.ofImages(imageTower().then("unit", unit()))),
        textCut());
  }

  /** An image's regions with a caption, in place of the image. */
  public InputPlan plan(RegionOptions regions, Preprocessing evaluation) {
    List<Input> inputs = new ArrayList<>(List.of(regions.regions(), regions.mask()));
    inputs.addAll(caption().inputs());
    return new InputPlan(inputs, evaluation);
  }

  /** The text tower up to unit vectors. */
  public Cut textCut() {
    return new Cut(TEXT, TEXT, caption().read(), this::unitTexts);
  }

  private static Fragment unit() {
    return scope -> x -> Vectors.unit(scope.ops(), x);
  }

  private UnaryOperator<Map<String, Value>> unitTexts(Scope scope) {
    BinaryOperator<Value> tower = textTower(scope);
    return in ->
        Map.of(
            TrainingProgram.FEATURES,
            Vectors.unit(scope.ops(), tower.apply(Caption.ids(in), Caption.mask(in))));
  }

  /** What a step and the text tower read of texts. */
  public Caption caption() {
    return new Caption(text.length());
  }
}
