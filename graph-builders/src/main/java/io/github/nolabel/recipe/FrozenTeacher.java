package io.github.nolabel.recipe;

import com.google.inject.Inject;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.FrozenFeatures;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.fragment.layer.Shrinking;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.objective.ImageObjective;
import io.github.nolabel.onnx.OnnxWriter;
import io.github.nolabel.recipe.FrozenTeacherOptions.Looks;
import io.github.nolabel.step.StepGraph;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;

/**
 * A network within a training step that never changes, beside a student that learns from it: it is
 * not trained, its running statistics stay and its dropout is off. Its parameters are part of the
 * run's state, and of no export. Both read one view, each in its own size and colours.
 *
 * <p>With {@link Looks#ONCE} it is no part of the step: it sees every image once, plainly, and the
 * step reads what it said.
 *
 * <p>An objective, a {@link Student}, asks for it in its constructor, where {@link
 * FrozenTeacherOptions} are part of the configuration.
 */
public record FrozenTeacher(Backbone network, Backbone student, Looks looks) {

  /** An objective that learns from such a teacher; where it looks once, it is asked beforehand. */
  public interface Student extends ImageObjective {

    FrozenTeacher teacher();

    @Override
    default List<FrozenFeatures> frozen() {
      return teacher().frozen();
    }
  }

  /** Not "teacher": that is what a moving copy of the student is called. */
  private static final String SCOPE = "frozen";

  /** What the step reads of a teacher that is no part of it. */
  private static final String FEATURES = "teacher_features";

  /**
   * Reads the teacher.
   *
   * @throws io.github.nolabel.api.UserMistake if none is named, or it cannot be read
   */
  @Inject
  public FrozenTeacher(FrozenTeacherOptions options, Backbone student) {
    this(options.network(), student, options.teacherFeatures());
  }

  /** The extent of axis 1 of {@link #features}. */
  public int featureWidth() {
    return network.featureWidth();
  }

  /** The view that both read, float[N, 3, S, S]: S is the larger of the sizes of those who do. */
  public Value view(StepGraph step) {
    return step.view("view_1", Shape.batched(3, viewSize(), viewSize()));
  }

  /** The plan of that view, by {@link Augmentations#moCo}, and of features known beforehand. */
  public InputPlan moCo(ViewOptions options) {
    View view = new View("view_1", viewSize(), Augmentations.moCo(viewSize(), options));
    InputPlan views = InputPlan.ofViews(List.of(view), Preprocessing.standard(student.imageSize()));
    return looks == Looks.ONCE ? views.with(known()) : views;
  }

  /** The features that are known beforehand, if any are. */
  List<FrozenFeatures> frozen() {
    return looks == Looks.ONCE
        ? List.of(new FrozenFeatures(known(), plainView(), this::alone))
        : List.of();
  }

  private Input.Numbers known() {
    return new Input.Numbers(FEATURES, featureWidth());
  }

  private Preprocessing plainView() {
    Preprocessing habit = Preprocessing.standard(network.imageSize());
    return new Preprocessing(habit.size(), habit.cropShare(), colours(network));
  }

  private OnnxModel alone() {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value images = graph.input(TrainingProgram.IMAGES, network.inputShape());
    Value features = network.attach(graph.scope(SCOPE)).apply(images);
    Graph whole = graph.build(Map.of(TrainingProgram.FEATURES, features));
    Map<String, Tensor> values = new HashMap<>();
    whole.parameters().forEach(p -> values.put(p.name(), Initializer.draw(p, 0)));
    return OnnxWriter.inference(whole, values, Collections.emptySortedMap());
  }

  /** The view in the student's size. */
  public Value forStudent(Ops g, Value view) {
    return new Shrinking(viewSize(), student.imageSize()).of(g, view);
  }

  /**
   * Its features of the view, or of the plain image, float[N, featureWidth], which carry no
   * gradient; called once per step. The view's colours are the student's.
   */
  public Value features(StepGraph step, Value view) {
    if (looks == Looks.ONCE) {
      return step.input(known());
    }
    Ops g = step.ops(SCOPE);
    Value seen = coloured(g, new Shrinking(viewSize(), network.imageSize()).of(g, view));
    return g.detach(network.attach(step.graph().inferenceScope(SCOPE)).apply(seen));
  }

  private int viewSize() {
    return looks == Looks.ONCE
        ? student.imageSize()
        : Math.max(student.imageSize(), network.imageSize());
  }

  private static Normalisation colours(Backbone network) {
    return network.normalisation().orElse(Normalisation.IMAGENET);
  }

  /** {@code (x s + m - m') / s'} per channel, from the student's mean and deviation to its own. */
  private Value coloured(Ops g, Value images) {
    Normalisation was = colours(student);
    Normalisation is = colours(network);
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
