package io.github.nolabel.recipe;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.mechanism.RunningCenter;
import io.github.nolabel.step.StepGraph;

/**
 * How a teacher's outputs become distributions without labels (DINO, Caron et al. 2021, section
 * 3.1): the centre keeps one class from taking all, the low temperature all classes from being
 * equal.
 *
 * <pre>
 * target = softmax( (outputs - center) / temperature )
 * </pre>
 */
public record CentredTargetOptions(
    @Option.Temperature(
            "Softmax temperature of the teacher; below the student's, or nothing is learnt")
        double tempTeacher,
    @Option.Temperature("The same at first") double warmupTempTeacher,
    @Option.Epochs("Epochs from the first to the other") double warmupTempTeacherEpochs,
    @Option.Share("Share of the teacher's centre that a batch leaves") double centerMomentum) {

  /**
   * The targets of a step, whose centre these outputs move at its end; called once per step.
   *
   * @param outputs of the teacher, float[n, K]
   * @return float[n, K], rows that sum to one
   */
  public Value of(StepGraph step, RunSpec run, Value outputs) {
    int classes = Math.toIntExact(outputs.shape().extent(1));
    RunningCenter center = RunningCenter.of(step, "center", classes, centerMomentum);
    center.observe(outputs);
    Value temperature = step.scheduled("teacher_temperature", temperature(run));
    Ops g = step.ops("targets");
    return g.softmax(g.div(g.sub(outputs, center.value()), temperature), -1);
  }

  private Schedule temperature(RunSpec run) {
    long warmup = Math.max(1, run.stepsOf(warmupTempTeacherEpochs));
    return Schedule.linear(warmupTempTeacher, tempTeacher, warmup);
  }
}
