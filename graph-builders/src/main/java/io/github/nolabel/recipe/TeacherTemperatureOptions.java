package io.github.nolabel.recipe;

import io.github.nolabel.api.control.Schedule;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.train.RunSpec;

/** How sure a teacher's distributions are; options of methods whose teacher has a temperature. */
public record TeacherTemperatureOptions(
    @Option(
            value = "Softmax temperature of the teacher; below the student's, or nothing is learnt",
            min = 0.001,
            max = 100)
        double tempTeacher,
    @Option(value = "The same at first", min = 0.001, max = 100) double warmupTempTeacher,
    @Option(value = "Epochs from the first to the other", min = 0, max = 1e6)
        double warmupTempTeacherEpochs) {

  /** The teacher's temperature over a run. */
  public Schedule schedule(RunSpec run) {
    long warmup = Math.max(1, run.stepsOf(warmupTempTeacherEpochs));
    return Schedule.linear(warmupTempTeacher, tempTeacher, warmup);
  }
}
