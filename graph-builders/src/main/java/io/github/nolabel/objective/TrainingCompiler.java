package io.github.nolabel.objective;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Initializer;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.onnx.OnnxWriter;
import io.github.nolabel.precision.GuardedStatistics;
import io.github.nolabel.precision.LossScale;
import io.github.nolabel.precision.MixedPrecision;
import io.github.nolabel.step.RandomKey;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.update.Optimizer;
import io.github.nolabel.update.Optimizers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Turns an objective into a recipe: forward, backward, update, bytes. */
public final class TrainingCompiler {

  private final RunSpec run;
  private final Optimizers optimizers;

  /** With the standard optimizers. */
  public TrainingCompiler(RunSpec run) {
    this(run, Optimizers.standard());
  }

  /**
   * @param optimizers where the run's is looked up
   */
  public TrainingCompiler(RunSpec run, Optimizers optimizers) {
    this.run = run;
    this.optimizers = optimizers;
  }

  public TrainingRecipe compile(Objective objective) {
    if (run.optimizer().jointBatch()) {
      return new JointCompiler(run, optimizers).compile(objective);
    }
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), run.optimizer().accumulate());
    Graph training = trainingGraph(objective, step);
    DeclaredInputs.check(objective.inputs(), training);
    List<StateTensor> state = state(training.parameters(), run.seed());
    TrainingProgram program =
        new TrainingProgram(
            OnnxWriter.trainingWithExtents(training),
            evaluations(objective, training.parameters()),
            state,
            OnnxWriter.training(unwatched(training, step)));
    RandomKey.feed(step, run.seed());
    return new TrainingRecipe(program, step.controllers(), objective.inputs(), objective.frozen());
  }

  static List<StateTensor> state(List<Parameter> parameters, long seed) {
    return parameters.stream()
        .map(
            p ->
                new StateTensor(
                    new TensorSpec(p.name(), p.value().type(), p.value().shape()),
                    p.trainable(),
                    p.sharing(),
                    () -> Initializer.draw(p, seed)))
        .toList();
  }

  private static Graph unwatched(Graph training, StepGraph step) {
    Map<String, Value> outputs = new LinkedHashMap<>(training.outputs());
    outputs.keySet().removeAll(step.watched());
    return step.graph().build(outputs);
  }

  static Map<String, OnnxModel> evaluations(Objective objective, List<Parameter> state) {
    Map<String, OnnxModel> models = new LinkedHashMap<>();
    for (Cut cut : objective.evaluated()) {
      Graph graph = InferenceGraphs.of(cut, objective.evaluationInput());
      OnnxModel model = OnnxWriter.evaluation(graph, state);
      models.put(Cuts.nameOf(objective, cut), model);
    }
    return models;
  }

  private Graph trainingGraph(Objective objective, StepGraph step) {
    GraphBuilder graph = step.graph();
    Value loss = objective.loss(step);
    ReverseMode backward = new ReverseMode(StandardRules.withPlugIns());
    if (!run.optimizer().mixedPrecision()) {
      Map<String, Value> outputs = update(step, loss, backward.differentiate(graph, loss));
      return graph.build(outputs);
    }
    Value scale = LossScale.of(step);
    Map<Parameter, Value> scaled = backward.differentiate(graph, loss, scale);
    Map<String, Value> outputs = update(step, loss, LossScale.undo(graph, scale, scaled));
    Value finite = Objects.requireNonNull(outputs.get(TrainingProgram.FINITE));
    outputs.put(TrainingProgram.SKIPPED, LossScale.guard(graph, scale, finite));
    return MixedPrecision.of(GuardedStatistics.of(graph.build(outputs), finite));
  }

  /** Appends the update; returns the outputs of the step. */
  private Map<String, Value> update(StepGraph step, Value loss, Map<Parameter, Value> gradients) {
    Value norm = Optimizer.of(run, optimizers).append(step, gradients);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(TrainingProgram.LOSS, loss);
    outputs.put(TrainingProgram.GRADIENT_NORM, norm);
    outputs.put(TrainingProgram.FINITE, finite(step.graph(), loss, norm));
    outputs.putAll(step.monitors());
    return outputs;
  }

  static Value finite(GraphBuilder graph, Value loss, Value norm) {
    Ops g = graph.ops("guard");
    Value broken = g.or(g.or(g.isNaN(loss), g.isInf(loss)), g.or(g.isNaN(norm), g.isInf(norm)));
    return g.not(broken);
  }
}
