package io.github.nolabel.examples.spring;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.Run;
import io.github.nolabel.runs.watch.RunWatcher;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A run on a thread of its own, which any other thread may look at and stop. */
public final class BackgroundRun implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(BackgroundRun.class);

  private final Run run;
  private final CompletableFuture<Void> end = new CompletableFuture<>();

  /** Written by the thread that trains only. */
  private volatile RunView view;

  BackgroundRun(String id, Run run) {
    this.run = run;
    this.view = RunView.waiting(id);
  }

  /** How far the run is. */
  public RunView view() {
    return view;
  }

  /** Asks the run to end after its step and a checkpoint. */
  public void stop() {
    run.stop();
  }

  /** Waits until the run has ended, however it did. */
  public void join() {
    end.join();
  }

  @Override
  public void run() {
    try {
      view = view.running();
      boolean complete = run.train(new Steps());
      view = complete ? view.complete(run.result().trained()) : view.stopped();
    } catch (RuntimeException | Error e) {
      LOG.error("Run {} failed", view.id(), e);
      view = view.failed(String.valueOf(e.getMessage()));
    } finally {
      end.complete(null);
    }
  }

  private final class Steps implements RunWatcher {

    @Override
    public void onStep(StepReport report) {
      view = view.after(report);
    }

    @Override
    public void onNotice(String sentence) {
      LOG.info("Run {}: {}", view.id(), sentence);
    }
  }
}
