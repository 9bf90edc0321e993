package io.github.nolabel.runs;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.Sweep;
import io.github.nolabel.runs.report.SweepTable;
import io.github.nolabel.runs.report.SweepTable.Row;
import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * A run for every combination of a sweep, one after another, each in a folder of its own below the
 * sweep's. Carried out again, it goes on: complete runs stay as they are, others are resumed. What
 * fails is kept in the table, and the next one begins.
 */
public final class SweepRun {

  private final Engine engine;
  private final RunPlan plan;
  private final Sweep sweep;
  private final Path folder;
  private final OutputFiles files;

  /**
   * @param plan what all runs have in common; the sweep's values win over it
   * @throws io.github.nolabel.api.UserMistake if one of the combinations is no plan
   */
  public SweepRun(Engine engine, RunPlan plan, Sweep sweep, Path folder, OutputFiles files) {
    this.engine = engine;
    this.plan = plan;
    this.sweep = sweep;
    this.folder = folder;
    this.files = files;
    sweep.combinations().forEach(combination -> engine.resolve(of(combination)));
  }

  /** Runs in all. */
  public int size() {
    return sweep.combinations().size();
  }

  /** Where the table is kept while the sweep goes on. */
  public Path file() {
    return folder.resolve("sweep.json");
  }

  /**
   * Trains what is not complete. Blocks; ends early when somebody stops a run.
   *
   * @param watcher of the run in a folder, which is the so-manieth of all, from one; not asked for
   *     runs that are complete
   */
  public SweepTable train(BiFunction<Path, Integer, RunWatcher> watcher) {
    List<Row> rows = new ArrayList<>();
    OutputFiles.createFolder(folder);
    for (Sweep.Combination combination : sweep.combinations()) {
      Path place = folder.resolve(combination.folder());
      int number = rows.size() + 1;
      Row row = trained(combination, place, () -> watcher.apply(place, number));
      rows.add(row);
      files.write(file(), Json.pretty(new SweepTable(sweep, rows).toJson()));
      if (row.status().equals(SweepTable.STOPPED)) {
        break;
      }
    }
    return new SweepTable(sweep, rows);
  }

  private Row trained(Sweep.Combination combination, Path place, Supplier<RunWatcher> watcher) {
    try {
      Run run = run(of(combination), place);
      boolean complete = run.isComplete() || run.train(watcher.get());
      return new Row(
          combination,
          place,
          complete ? "complete" : SweepTable.STOPPED,
          complete ? Optional.of(run.result()) : Optional.empty(),
          Optional.empty());
    } catch (NolabelException e) {
      return new Row(
          combination,
          place,
          "failed",
          Optional.empty(),
          Optional.of(String.valueOf(e.getMessage())));
    }
  }

  private Run run(RunPlan wanted, Path place) {
    return new RunDirectory(place).holdsRun()
        ? engine.resume(place, wanted)
        : engine.create(wanted, place);
  }

  private RunPlan of(Sweep.Combination combination) {
    return plan.with(combination.assignments());
  }
}
