package io.github.nolabel.step;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.StepScope;
import io.github.nolabel.graph.RandomOps;

/**
 * Feeds {@link RandomOps#KEY} anew for every micro-step. It remembers nothing, so a resumed run
 * draws what the uninterrupted one would have drawn.
 *
 * @param seed of the run
 * @param accumulate micro-steps that make one update
 */
public record RandomKey(long seed, int accumulate) implements Controller {

  /** Has the key fed if anything in the graph is random. */
  public static void feed(StepGraph step, long seed) {
    boolean random =
        step.graph().inputs().stream().anyMatch(input -> input.name().equals(RandomOps.KEY));
    if (random) {
      step.control(RandomOps.KEY, new RandomKey(seed, step.accumulate()));
    }
  }

  @Override
  public void beforeStep(StepScope scope) {
    long microStep = scope.step() * accumulate + scope.microStep();
    scope.feed(RandomOps.KEY, (double) RandomOps.key(seed, microStep));
  }
}
