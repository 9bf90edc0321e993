package io.github.nolabel.runs.watch;

import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingSummary;
import java.util.Map;

/** Hears of everything that happens in a run, on the thread that carries it out: be quick. */
public interface RunWatcher extends TrainingListener {

  /** Watches nothing. */
  RunWatcher NONE = new RunWatcher() {};

  /** Something that a person should know, in a sentence. */
  default void onNotice(String sentence) {}

  /** When all is checked and the run begins, or goes on; nothing has been computed yet. */
  default void onBegin(RunStart start) {}

  /**
   * Before the first step.
   *
   * @param stop asks the run to end after the running step and its checkpoint; any thread may call
   *     it
   */
  default void onStart(Runnable stop) {}

  /**
   * When all images have come to look alike to the network for some time.
   *
   * @param sentence what was seen, since when, and what usually helps
   * @return whether the run shall end now, with a checkpoint
   */
  default boolean onCollapse(String sentence) {
    onNotice(sentence);
    return false;
  }

  /** When the run was asked to stop and has done so. */
  default void onStopped(TrainingSummary summary, long steps) {}

  /**
   * When the run is complete: trained, evaluated and exported.
   *
   * @param result what {@code result.json} holds
   */
  default void onComplete(Map<String, Object> result) {}

  /**
   * When the run ends by something that is thrown.
   *
   * @param status {@code diverged}, {@code collapsed} or {@code failed}
   * @param problem what is known of it, in a sentence or two
   */
  default void onFailure(String status, String problem) {}
}
