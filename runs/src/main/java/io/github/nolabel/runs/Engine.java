package io.github.nolabel.runs;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.Resumption;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.Surroundings;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.protocol.Protocols;
import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Makes runs, with the methods, backbones, data sources and the runtime that it was given. Any
 * number of its runs may train at once, each on a thread of its own. {@link Runs} has one that
 * takes what is on the class path.
 */
public final class Engine {

  private final Surroundings host;
  private final Protocols protocols;
  private final List<RunWatcher> watchers;

  /**
   * @param catalogue what plans may name
   * @param protocols what runs may be evaluated by
   * @param files writes results
   * @param watchers hear of every run of this engine
   */
  public Engine(
      TrainingRuntime runtime,
      Catalogue catalogue,
      Protocols protocols,
      OutputFiles files,
      Collection<RunWatcher> watchers) {
    this.host = new Surroundings(runtime, catalogue, files);
    this.protocols = protocols;
    this.watchers = List.copyOf(watchers);
  }

  /** The same with the protocols that this library's class loader sees. */
  public Engine(
      TrainingRuntime runtime,
      Catalogue catalogue,
      OutputFiles files,
      Collection<RunWatcher> watchers) {
    this(runtime, catalogue, Protocols.standard(), files, watchers);
  }

  /** An engine without watchers of its own, which writes to the local disk. */
  public Engine(TrainingRuntime runtime, Catalogue catalogue) {
    this(runtime, catalogue, OutputFiles.LOCAL, List.of());
  }

  /** An engine of what {@code loader} sees, which writes to the local disk. */
  public static Engine of(ClassLoader loader) {
    return new Engine(
        TrainingRuntime.find(loader),
        Catalogue.of(loader),
        Protocols.of(loader),
        OutputFiles.LOCAL,
        List.of());
  }

  /**
   * A fresh run, checked as far as that goes without reading the data; nothing is written yet.
   *
   * @throws io.github.nolabel.api.UserMistake if the plan does not hold, or the folder has a run
   */
  public Run create(RunPlan plan, Path directory) {
    ResolvedPlan resolved = resolve(plan);
    RunDirectory folder = new RunDirectory(directory);
    folder.requireFresh();
    return new Run(host, protocols, folder, resolved, Optional.empty(), watchers);
  }

  /**
   * A run that was stopped, to go on bit for bit; a complete one has nothing left to do.
   *
   * @throws io.github.nolabel.api.UserMistake if there is no run there
   */
  public Run resume(Path directory) {
    return resume(directory, RunPlan.NOTHING);
  }

  /**
   * The same with what is said again, such as another place of the same data or the network that
   * the run was given as an object.
   *
   * @throws io.github.nolabel.api.UserMistake if there is no run there, or another one is described
   */
  public Run resume(Path directory, RunPlan again) {
    RunDirectory folder = new RunDirectory(directory);
    Resumption resumption =
        Resumption.of(folder, again.layers(), host.catalogue(), again.givenBackbone());
    return new Run(
        host, protocols, folder, resumption.plan(), Optional.of(resumption.earlier()), watchers);
  }

  /** What a plan comes to: every option with its value. */
  public ResolvedPlan resolve(RunPlan plan) {
    return new Planner(Defaults.STANDARD, host.catalogue())
        .plan(plan.layers(), plan.givenBackbone());
  }
}
