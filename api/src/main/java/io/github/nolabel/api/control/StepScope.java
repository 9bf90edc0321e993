package io.github.nolabel.api.control;

/** What one step exposes to controllers; using it after the step has ended fails. */
public interface StepScope {

  /** The update about to happen, zero-based: micro-batches of one update share it. */
  long step();

  /** The micro-batch within the update, zero-based; always 0 without gradient accumulation. */
  int microStep();

  /** Images of the micro-batch. */
  int images();

  /** Provides a scalar graph input of any element type for the coming step. */
  void feed(String input, double value);

  /** A scalar output of the step just taken. */
  double output(String name);

  /** The current value of a declared {@link Slot}. */
  double slot(String name);

  /** Changes a declared {@link Slot}. */
  void slot(String name, double value);
}
