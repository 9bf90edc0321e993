package io.github.nolabel.api.control;

/**
 * Feeds the scalar graph input {@code input} with the schedule's value at the step about to run.
 */
public record ScheduledInput(String input, Schedule schedule) implements Controller {

  @Override
  public void beforeStep(StepScope scope) {
    scope.feed(input, schedule.at(scope.step()));
  }
}
