package io.github.nolabel.api.control;

import java.util.List;

/**
 * Java-side behaviour around a training step: schedules, teacher momentum, queue cursors.
 *
 * <p>A controller decides; it holds no tensors and no mutable fields. What it remembers between
 * steps are declared {@link Slot}s, so checkpointing and resuming need no code here. Controllers
 * run in declaration order before a step, and in the same order after it.
 */
public interface Controller {

  /** The numbers to remember between steps. */
  default List<Slot> slots() {
    return List.of();
  }

  /** Feeds graph inputs for the coming step. */
  default void beforeStep(StepScope scope) {}

  /** Sees the step's outputs; may write slots. */
  default void afterStep(StepScope scope) {}
}
