package io.github.nolabel.recipe;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.graph.Scope;
import io.github.nolabel.mechanism.MeanTeacher;
import io.github.nolabel.step.StepGraph;

/** How slowly a mean teacher follows; options of every method that has one. */
public record TeacherOptions(
    @Option.Share(
            value = "Share of the teacher that an update leaves, at first",
            aliases = {"m", "momentum_teacher"})
        double movingAverageDecay,
    @Option(
            value = "The same at the end of the run, reached by half a cosine; -1 is constant",
            min = -1,
            max = 1)
        double finalMovingAverageDecay) {

  /** Opens the scope "teacher", a {@link MeanTeacher} of the scope "student". */
  public Scope scope(StepGraph step, RunSpec run) {
    return MeanTeacher.of(step, "teacher", "student", momentum(run));
  }

  /** The teacher's momentum over a run. */
  public Schedule momentum(RunSpec run) {
    double end = finalMovingAverageDecay < 0 ? movingAverageDecay : finalMovingAverageDecay;
    return Schedule.cosine(movingAverageDecay, end, run.steps());
  }
}
