package io.github.nolabel.examples.spring;

import io.github.nolabel.runs.Engine;
import io.github.nolabel.runs.RunPlan;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** The runs that were asked for since the application started, by their ids. */
public final class BackgroundRuns implements AutoCloseable {

  private final Engine engine;
  private final Executor trainers;
  private final Path folder;
  private final Map<String, BackgroundRun> runs = new ConcurrentHashMap<>();

  /**
   * @param trainers lend a thread to each run
   * @param folder takes a folder for each run, named by its id
   */
  public BackgroundRuns(Engine engine, Executor trainers, Path folder) {
    this.engine = engine;
    this.trainers = trainers;
    this.folder = folder;
  }

  /**
   * Checks the plan at once, and trains as soon as a thread is free.
   *
   * @throws io.github.nolabel.api.UserMistake if the plan does not hold
   */
  public BackgroundRun start(RunPlan plan) {
    String id = UUID.randomUUID().toString();
    BackgroundRun run = new BackgroundRun(id, engine.create(plan, folder.resolve(id)));
    runs.put(id, run);
    trainers.execute(run);
    return run;
  }

  /** Empty if there is no run of that id. */
  public Optional<BackgroundRun> find(String id) {
    return Optional.ofNullable(runs.get(id));
  }

  /** Stops every run, and waits until each has written its checkpoint. */
  @Override
  public void close() {
    runs.values().forEach(BackgroundRun::stop);
    runs.values().forEach(BackgroundRun::join);
  }
}
