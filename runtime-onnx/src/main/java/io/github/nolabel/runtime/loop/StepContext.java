package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.control.StepScope;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The scope of one micro-step: feeds before it, outputs after it, nothing once it has ended. */
final class StepContext implements StepScope {

  private final long step;
  private final int microStep;
  private final int images;
  private final Set<String> fedByControllers;
  private final Map<String, Double> slots;
  private final Map<String, Double> feeds = new LinkedHashMap<>();
  private Map<String, Double> outputs = Map.of();
  private Phase phase = Phase.BEFORE;

  /**
   * @param fedByControllers scalar inputs that the controllers must feed, each exactly once
   */
  StepContext(
      long step,
      int microStep,
      int images,
      Set<String> fedByControllers,
      Map<String, Double> slots) {
    this.step = step;
    this.microStep = microStep;
    this.images = images;
    this.fedByControllers = fedByControllers;
    this.slots = slots;
  }

  @Override
  public long step() {
    checkOpen();
    return step;
  }

  @Override
  public int microStep() {
    checkOpen();
    return microStep;
  }

  @Override
  public int images() {
    checkOpen();
    return images;
  }

  @Override
  public void feed(String input, double value) {
    checkOpen();
    require(phase == Phase.BEFORE, "input '%s' was fed after the step ran", input);
    require(
        fedByControllers.contains(input),
        "'%s' is no input for controllers to feed; those are " + fedByControllers,
        input);
    require(feeds.put(input, value) == null, "two controllers feed the input '%s'", input);
  }

  @Override
  public double output(String name) {
    checkOpen();
    require(phase == Phase.AFTER, "output '%s' was read before the step ran", name);
    Double value = outputs.get(name);
    require(value != null, "there is no output '%s'; there are " + outputs.keySet(), name);
    return value == null ? Double.NaN : value;
  }

  @Override
  public double slot(String name) {
    checkOpen();
    Double value = slots.get(name);
    require(value != null, "no controller declares the slot '%s'", name);
    return value == null ? Double.NaN : value;
  }

  @Override
  public void slot(String name, double value) {
    checkOpen();
    require(slots.containsKey(name), "no controller declares the slot '%s'", name);
    slots.put(name, value);
  }

  /**
   * What the controllers fed.
   *
   * @throws IllegalStateException if they forgot an input
   */
  Map<String, Double> feeds() {
    for (String input : fedByControllers) {
      require(feeds.containsKey(input), "no controller feeds the training input '%s'", input);
    }
    return feeds;
  }

  /** Opens the second half of the step. */
  void ran(Map<String, Double> values) {
    outputs = values;
    phase = Phase.AFTER;
  }

  void end() {
    phase = Phase.ENDED;
  }

  private void checkOpen() {
    if (phase == Phase.ENDED) {
      throw new IllegalStateException(
          "the scope of step %d was used after the step had ended".formatted(step));
    }
  }

  private static void require(boolean condition, String message, String name) {
    if (!condition) {
      throw new IllegalStateException(message.formatted(name));
    }
  }

  private enum Phase {
    BEFORE,
    AFTER,
    ENDED
  }
}
