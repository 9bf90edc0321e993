package io.github.nolabel.objective;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.ScheduledInput;
import io.github.nolabel.api.export.ArtifactExporter;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.TrainingArtifacts;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.autodiff.ReverseMode;
import io.github.nolabel.autodiff.rules.StandardRules;
import io.github.nolabel.graph.Graph;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.onnx.ArtifactWriter;
import io.github.nolabel.onnx.OnnxWriter;
import io.github.nolabel.onnx.OptimizerModel;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns an objective into what ONNX Runtime's own training API loads. */
record ArtifactCompiler(Objective objective) implements ArtifactExporter {

  @Override
  public TrainingArtifacts export(
      Map<String, Tensor> state, String cut, OptimizerConfig optimizer) {
    Graph evaluation = InferenceGraphs.of(Cuts.find(objective, cut), objective.views());
    List<ScheduledInput> schedules = schedules();
    Graph training = trainingGraph();
    return new TrainingArtifacts(
        ArtifactWriter.training(training),
        OnnxWriter.evaluation(evaluation, training.parameters()),
        OptimizerModel.of(optimizer),
        ArtifactWriter.state(training, state),
        schedules);
  }

  private Graph trainingGraph() {
    GraphBuilder graph = new GraphBuilder(Mode.TRAINING);
    Value loss = objective.loss(graph);
    Map<String, Value> outputs = new LinkedHashMap<>();
    outputs.put(TrainingProgram.LOSS, loss);
    new ReverseMode(StandardRules.table())
        .differentiate(graph, loss)
        .forEach((parameter, gradient) -> outputs.put(parameter.name() + "_grad", gradient));
    return graph.build(outputs);
  }

  /** Schedules become inputs that the caller feeds; what else a controller decides is lost. */
  private List<ScheduledInput> schedules() {
    List<ScheduledInput> schedules = new ArrayList<>();
    for (Controller controller : objective.controllers()) {
      if (!(controller instanceof ScheduledInput schedule)) {
        throw new UserMistake(
            "This method cannot be exported as training artifacts: before each step it decides something in Java (%s), which no other program would do. Export the backbone instead (--output)."
                .formatted(controller.getClass().getSimpleName()));
      }
      schedules.add(schedule);
    }
    return schedules;
  }
}
