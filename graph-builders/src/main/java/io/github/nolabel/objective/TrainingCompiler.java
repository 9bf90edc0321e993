package io.github.nolabel.objective;

import io.github.nolabel.api.control.Controller;
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
import io.github.nolabel.graph.Value;
import io.github.nolabel.onnx.OnnxWriter;
import io.github.nolabel.update.Optimizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns an objective into a recipe: forward, backward, update, bytes. */
public final class TrainingCompiler {

  private final RunSpec run;

  public TrainingCompiler(RunSpec run) {
    this.run = run;
  }

  public TrainingRecipe compile(Objective objective) {
    List<Controller> controllers = new ArrayList<>(objective.controllers());
    Graph training = trainingGraph(objective, controllers);
    Graph evaluation = InferenceGraphs.of(objective.cuts().get(0), objective.evaluationInput());
    OnnxModel evaluationModel = OnnxWriter.evaluation(evaluation, training.parameters());
    List<StateTensor> state =
        training.parameters().stream()
            .map(p -> new StateTensor(p.name(), p.trainable(), Initializer.draw(p, run.seed())))
            .toList();
    TrainingProgram program =
        new TrainingProgram(OnnxWriter.training(training), evaluationModel, state);
    return new TrainingRecipe(program, controllers, objective.views());
  }

  /** The whole step as a graph; the controllers that feed the update phase are added. */
  private Graph trainingGraph(Objective objective, List<Controller> controllers) {
    GraphBuilder graph = new GraphBuilder(Mode.TRAINING);
    Value loss = objective.loss(graph);
    var gradients = new ReverseMode(StandardRules.table()).differentiate(graph, loss);
    Optimizer.Update update =
        new Optimizer(
                run.optimizer(),
                run.schedule().schedule(run.optimizer().learningRate(), run.steps()))
            .append(graph, gradients);
    controllers.addAll(update.controllers());
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(TrainingProgram.LOSS, loss);
    outputs.put(TrainingProgram.GRADIENT_NORM, update.gradientNorm());
    outputs.put(TrainingProgram.FINITE, finite(graph, loss, update.gradientNorm()));
    return graph.build(outputs);
  }

  private static Value finite(GraphBuilder graph, Value loss, Value norm) {
    Ops g = graph.ops("guard");
    Value broken = g.or(g.or(g.isNaN(loss), g.isInf(loss)), g.or(g.isNaN(norm), g.isInf(norm)));
    return g.not(broken);
  }
}
