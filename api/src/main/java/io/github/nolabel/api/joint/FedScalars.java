package io.github.nolabel.api.joint;

import io.github.nolabel.api.control.StepScope;
import java.util.LinkedHashMap;
import java.util.Map;

/** What controllers feed before a step, without taking it. */
final class FedScalars implements StepScope {

  private final long step;
  private final int images;
  private final Map<String, Double> slots;
  private final Map<String, Double> values = new LinkedHashMap<>();

  FedScalars(long step, int images, Map<String, Double> slots) {
    this.step = step;
    this.images = images;
    this.slots = new LinkedHashMap<>(slots);
  }

  Map<String, Double> values() {
    return values;
  }

  @Override
  public long step() {
    return step;
  }

  @Override
  public int microStep() {
    return 0;
  }

  @Override
  public int images() {
    return images;
  }

  @Override
  public void feed(String input, double value) {
    values.put(input, value);
  }

  @Override
  public double output(String name) {
    throw new IllegalStateException("output '" + name + "' was read before the step ran");
  }

  @Override
  public double slot(String name) {
    Double value = slots.get(name);
    if (value == null) {
      throw new IllegalStateException("no controller declares the slot '" + name + "'");
    }
    return value;
  }

  @Override
  public void slot(String name, double value) {
    slots.put(name, value);
  }
}
