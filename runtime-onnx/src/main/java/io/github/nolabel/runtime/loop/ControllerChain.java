package io.github.nolabel.runtime.loop;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.Slot;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The controllers of a run in declaration order, and the numbers they remember. */
final class ControllerChain {

  private final List<Controller> controllers;
  private final Map<String, Double> slots = new LinkedHashMap<>();

  /**
   * @param remembered slot values of an earlier part of the run; others start at their initial one
   * @throws IllegalStateException if two controllers declare a slot of the same name
   */
  ControllerChain(List<Controller> controllers, Map<String, Double> remembered) {
    this.controllers = List.copyOf(controllers);
    for (Controller controller : controllers) {
      for (Slot slot : controller.slots()) {
        double value = remembered.getOrDefault(slot.name(), slot.initial());
        if (slots.put(slot.name(), value) != null) {
          throw new IllegalStateException("two controllers declare the slot '" + slot.name() + "'");
        }
      }
    }
  }

  void beforeStep(StepContext scope) {
    controllers.forEach(controller -> controller.beforeStep(scope));
  }

  void afterStep(StepContext scope) {
    controllers.forEach(controller -> controller.afterStep(scope));
  }

  /**
   * Has the controllers remember what they did then.
   *
   * @throws IllegalArgumentException if those were other controllers
   */
  void restore(Map<String, Double> remembered) {
    if (!remembered.keySet().equals(slots.keySet())) {
      throw new IllegalArgumentException(
          "controllers remember %s, not %s".formatted(slots.keySet(), remembered.keySet()));
    }
    slots.putAll(remembered);
  }

  /** The live slot values by name. */
  Map<String, Double> slots() {
    return slots;
  }
}
