package io.github.nolabel.cli.command;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.cli.console.Console;
import io.github.nolabel.runs.watch.ProgressLine;
import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Path;

/** Tells the person at the keyboard how a run goes, and lets Ctrl-C end it in good order. */
final class ConsoleWatcher implements RunWatcher {

  private final Console console;
  private final Path folder;
  private final boolean failOnCollapse;
  private final String cluster;
  private final ProgressLine progress;

  ConsoleWatcher(Console console, Path folder, boolean failOnCollapse, String cluster) {
    this.console = console;
    this.folder = folder;
    this.failOnCollapse = failOnCollapse;
    this.cluster = cluster;
    this.progress = new ProgressLine(console.err(), System::nanoTime, console.terminal());
  }

  @Override
  public void onNotice(String sentence) {
    console.notice(sentence);
  }

  @Override
  public void onStart(Runnable stop) {
    console
        .interruption()
        .during(
            () -> {
              console.notice(
                  "\nStopping after this step and its checkpoint; once more ends at once.");
              stop.run();
            });
  }

  @Override
  public void onStep(StepReport report) {
    progress.onStep(report);
  }

  @Override
  public void onCheckpoint(long step, Path checkpoint) {
    progress.onCheckpoint(step, checkpoint);
  }

  @Override
  public boolean onCollapse(String sentence) {
    if (!failOnCollapse) {
      console.notice("\n" + sentence);
    }
    return failOnCollapse;
  }

  @Override
  public void onEnd() {
    console.interruption().over();
    progress.onEnd();
  }

  @Override
  public void onStopped(TrainingSummary summary, long steps) {
    console.notice(
        "Stopped after step %d of %d; the checkpoint is %s. Go on with: %s pretrain --resume --out %s%s"
            .formatted(
                summary.step(),
                steps,
                summary.checkpoint(),
                console.program(),
                ClosingLines.quoted(folder.toString()),
                cluster));
  }
}
