package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.ResolvedPlan;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run to go on with, as its record says, and what was asked for this time. */
public record Resumption(RunDirectory folder, RunFile earlier, ResolvedPlan plan) {

  /**
   * @param layers what was given again; it must agree with the run
   * @param given the backbone, if the run was given it as an object
   * @throws UserMistake if there is no run, or another one is asked for
   */
  public static Resumption of(
      RunDirectory folder,
      List<List<Assignment>> layers,
      Catalogue catalogue,
      Optional<Backbone> given) {
    folder.requireRun();
    RunFile earlier = RunFile.read(folder.record());
    Planner planner = new Planner(Defaults.STANDARD, catalogue);
    List<Assignment> recorded =
        new BackboneSource(folder).redirected(earlier.assignments(folder.record()));
    List<List<Assignment>> all = new ArrayList<>();
    all.add(recorded);
    all.addAll(layers);
    ResolvedPlan plan = planner.plan(all, given);
    checkSame(
        folder,
        planner.plan(List.of(recorded), given).settings().identity(),
        plan.settings().identity());
    return new Resumption(folder, earlier, plan);
  }

  public boolean isComplete() {
    return earlier.status() == Status.COMPLETE && Files.exists(folder.result());
  }

  private static void checkSame(
      RunDirectory folder, Map<String, String> was, Map<String, String> is) {
    is.forEach(
        (name, value) -> {
          String before = was.getOrDefault(name, "not set");
          if (!before.equals(value)) {
            throw new UserMistake(
                "The run in %s has %s = %s, now %s is asked for. Leave it out to go on, or start anew in another folder."
                    .formatted(folder.root(), name, before, value));
          }
        });
  }
}
