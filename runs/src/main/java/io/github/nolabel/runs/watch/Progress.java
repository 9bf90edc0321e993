package io.github.nolabel.runs.watch;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingSummary;
import java.io.PrintStream;
import java.nio.file.Path;

/** Writes notices and a line every few seconds to a stream. */
public final class Progress implements RunWatcher {

  private final PrintStream out;
  private final ProgressLine line;

  private Progress(PrintStream out) {
    this.out = out;
    this.line = new ProgressLine(out, System::nanoTime, false);
  }

  public static Progress on(PrintStream out) {
    return new Progress(out);
  }

  @Override
  public void onNotice(String sentence) {
    out.println(sentence);
  }

  @Override
  public void onStep(StepReport report) {
    line.onStep(report);
  }

  @Override
  public void onCheckpoint(long step, Path checkpoint) {
    line.onCheckpoint(step, checkpoint);
  }

  @Override
  public void onStopped(TrainingSummary summary, long steps) {
    out.println("Stopped after step %d of %d.".formatted(summary.step(), steps));
  }

  @Override
  public void onEnd() {
    line.onEnd();
  }
}
