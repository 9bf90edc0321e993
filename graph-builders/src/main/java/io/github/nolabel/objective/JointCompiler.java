package io.github.nolabel.objective;

import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Parameter;
import io.github.nolabel.graph.Value;
import io.github.nolabel.joint.JointStep;
import io.github.nolabel.onnx.OnnxWriter;
import io.github.nolabel.step.RandomKey;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.update.Optimizer;
import io.github.nolabel.update.Optimizers;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The recipe of an objective whose losses see several batches at once, see {@link JointPart}. */
final class JointCompiler {

  private final RunSpec run;
  private final Optimizers optimizers;

  /**
   * @param run whose batch is that of a whole update
   */
  JointCompiler(RunSpec run, Optimizers optimizers) {
    this.run = run;
    this.optimizers = optimizers;
  }

  TrainingRecipe compile(Objective objective) {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Value loss = objective.loss(step);
    DeclaredInputs.check(
        objective.inputs(), step.graph().build(Map.of(TrainingProgram.LOSS, loss)));
    RandomKey.feed(step, run.seed());
    JointStep cut =
        new JointStep(
            step.graph(), loss, step.monitors(), new ReverseMode(StandardRules.withPlugIns()));
    Graph comparison = cut.comparison();
    TrainingProgram worker = worker(cut.embedding(), cut.gradient());
    Graph update = update(step, cut);
    TrainingProgram program =
        new TrainingProgram(
            OnnxWriter.trainingWithExtents(update),
            evaluations(objective, update.parameters(), comparison),
            TrainingCompiler.state(update.parameters(), run.seed()),
            OnnxWriter.training(update));
    JointPart part =
        new JointPart(
            new TrainingRecipe(worker, List.of(), objective.inputs(), objective.frozen()),
            cut.rows(),
            cut.rowNumbers());
    return new TrainingRecipe(
        program, step.controllers(), objective.inputs(), objective.frozen(), Optional.of(part));
  }

  /** Both models read the same state, that of the weights and statistics which images pass. */
  private TrainingProgram worker(Graph embedding, Graph gradient) {
    Set<Parameter> all = new LinkedHashSet<>(gradient.parameters());
    all.addAll(embedding.parameters());
    List<Parameter> parameters = List.copyOf(all);
    List<StateTensor> state = TrainingCompiler.state(parameters, run.seed());
    Graph adding =
        new Graph(
            gradient.inputs(), parameters, gradient.nodes(), gradient.writes(), gradient.outputs());
    OnnxModel training = OnnxWriter.trainingWithExtents(adding);
    return new TrainingProgram(
        training,
        Map.of(JointPart.EMBEDDING, OnnxWriter.evaluation(embedding, parameters)),
        state,
        training);
  }

  private Graph update(StepGraph step, JointStep cut) {
    Map<Parameter, Value> sums = cut.sums();
    Value loss = cut.foundLoss();
    Value norm = Optimizer.of(run, optimizers).append(step, sums);
    sums.values().forEach(sum -> step.write(sum, step.ops("update").zerosLike(sum)));
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(TrainingProgram.LOSS, loss);
    outputs.put(TrainingProgram.GRADIENT_NORM, norm);
    outputs.put(TrainingProgram.FINITE, TrainingCompiler.finite(step.graph(), loss, norm));
    outputs.putAll(step.monitors());
    outputs.putAll(cut.found());
    return cut.update(outputs);
  }

  private static Map<String, OnnxModel> evaluations(
      Objective objective, List<Parameter> state, Graph comparison) {
    Map<String, OnnxModel> models =
        new LinkedHashMap<>(TrainingCompiler.evaluations(objective, state));
    models.put(JointPart.COMPARISON, OnnxWriter.evaluation(comparison, state));
    return models;
  }
}
