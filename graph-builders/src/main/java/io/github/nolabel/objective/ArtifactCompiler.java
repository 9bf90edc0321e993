package io.github.nolabel.objective;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.export.ArtifactExporter;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.TrainingArtifacts;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;
import io.github.nolabel.onnx.ArtifactWriter;
import io.github.nolabel.onnx.OnnxWriter;
import io.github.nolabel.onnx.OptimizerModel;
import io.github.nolabel.step.RandomKey;
import io.github.nolabel.step.StepGraph;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Turns an objective into what ONNX Runtime's own training API loads. The optimizer is a model of
 * its own and runs after the step, so a teacher follows the student as it was before the update.
 */
record ArtifactCompiler(Objective objective) implements ArtifactExporter {

  @Override
  public TrainingArtifacts export(
      Map<String, Tensor> state, String cut, OptimizerConfig optimizer) {
    Graph evaluation = InferenceGraphs.of(Cuts.find(objective, cut), objective.evaluationInput());
    OnnxModel update = OptimizerModel.of(optimizer);
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Graph training = trainingGraph(step);
    requireOneRate(step);
    requireNoBounds(step);
    RandomKey.feed(step, 0);
    return new TrainingArtifacts(
        ArtifactWriter.training(training),
        OnnxWriter.evaluation(evaluation, training.parameters()),
        update,
        ArtifactWriter.state(training, state),
        step.controllers().stream().map(ArtifactCompiler::schedule).toList());
  }

  private Graph trainingGraph(StepGraph step) {
    Value loss = objective.loss(step);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(TrainingProgram.LOSS, loss);
    new ReverseMode(StandardRules.withPlugIns())
        .differentiate(step.graph(), loss)
        .forEach((parameter, gradient) -> outputs.put(parameter.name() + "_grad", gradient));
    step.updateWritten();
    return step.graph().build(outputs);
  }

  /** Schedules become inputs that the caller feeds; what else a controller decides is lost. */
  private static ScheduledInput schedule(Controller controller) {
    if (controller instanceof ScheduledInput schedule) {
      return schedule;
    }
    if (controller instanceof RandomKey key) {
      return new ScheduledInput(RandomOps.KEY, step -> (double) RandomOps.key(key.seed(), step));
    }
    throw refused(
        "it decides something in Java around each step (%s), which no other program would do"
            .formatted(controller.getClass().getSimpleName()));
  }

  private static void requireOneRate(StepGraph step) {
    Set<String> own = new LinkedHashSet<>(step.learningRates().keySet());
    own.addAll(step.frozen().keySet());
    if (!own.isEmpty()) {
      throw refused(
          "%s has a learning rate of its own, which ONNX Runtime's optimizers do not know"
              .formatted(String.join(", ", own)));
    }
  }

  private static void requireNoBounds(StepGraph step) {
    step.bounds().keySet().stream()
        .findFirst()
        .ifPresent(
            parameter -> {
              throw refused(
                  "%s is kept within bounds, which ONNX Runtime's optimizers do not know"
                      .formatted(parameter.name()));
            });
  }

  private static UserMistake refused(String reason) {
    return new UserMistake(
        "This method cannot be exported as training artifacts: %s. Export the backbone instead."
            .formatted(reason));
  }
}
