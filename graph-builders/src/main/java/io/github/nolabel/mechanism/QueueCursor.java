package io.github.nolabel.mechanism;

import io.github.nolabel.api.control.Controller;
import io.github.nolabel.api.control.Slot;
import io.github.nolabel.api.control.StepScope;
import java.util.List;

/** Where in a queue the next rows go; moves on by the rows of every micro-step. */
record QueueCursor(String queue, int capacity, long rowsPerImage, long furtherRows)
    implements Controller {

  @Override
  public List<Slot> slots() {
    return List.of(new Slot(slot(), 0));
  }

  @Override
  public void beforeStep(StepScope scope) {
    scope.feed(queue + "_cursor", scope.slot(slot()));
  }

  @Override
  public void afterStep(StepScope scope) {
    long rows = rowsPerImage * scope.images() + furtherRows;
    scope.slot(slot(), (scope.slot(slot()) + rows) % capacity);
  }

  private String slot() {
    return queue + "/cursor";
  }
}
