package io.github.nolabel.api.train;

import java.nio.file.Path;

/** Watches a run. Called on the training thread: be quick. */
public interface TrainingListener {

  /** After every update. */
  default void onStep(StepReport report) {}

  /** After a checkpoint was committed. */
  default void onCheckpoint(long step, Path checkpoint) {}

  /** When training has ended, however it ended: files are closed here. */
  default void onEnd() {}
}
