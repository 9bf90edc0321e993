package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.runs.file.Figure;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.BackboneAddress;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.EarlierOptions;
import io.github.nolabel.runs.plan.GivenBackbone;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunConfig;
import io.github.nolabel.runs.plan.RunSettings;
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
    List<Assignment> written =
        new BackboneSource(folder).redirected(earlier.assignments(folder.record()));
    List<Assignment> recorded =
        Planner.asked(List.of(written), "method")
            .map(name -> EarlierOptions.completed(written, catalogue.methods().require(name)))
            .orElse(written);
    ResolvedPlan was = planner.plan(List.of(recorded), given);
    requireSameNetwork(folder, was.settings().run(), layers, catalogue);
    List<List<Assignment>> all = new ArrayList<>();
    all.add(recorded);
    all.addAll(layers);
    ResolvedPlan plan = planner.plan(all, given);
    boolean longer = plan.settings().run().epochs() > was.settings().run().epochs();
    checkSame(folder, was.settings().identity(), plan.settings().identity(), longer);
    return new Resumption(
        folder, longer ? longer(earlier, was.settings(), plan.settings()) : earlier, plan);
  }

  /** Other options than the run's would be unknown to its method: the method is told first. */
  private static void requireSameNetwork(
      RunDirectory folder, RunConfig was, List<List<Assignment>> layers, Catalogue catalogue) {
    Planner.asked(layers, "method")
        .map(name -> catalogue.methods().require(name).name())
        .ifPresent(name -> requireSame(folder, "method", was.method(), name));
    Planner.asked(layers, "backbone")
        .map(BackboneAddress::kind)
        .filter(kind -> !kind.equals(was.backbone()) && !kind.equals(GivenBackbone.NAME))
        .map(kind -> catalogue.backbones().require(kind).name())
        .ifPresent(name -> requireSame(folder, "backbone", was.backbone(), name));
  }

  private static void requireSame(RunDirectory folder, String what, String was, String is) {
    if (!was.equals(is)) {
      throw new UserMistake(
          "The run in %s has the %s %s, now %s is asked for. Leave it out to go on with %s, or start %s anew in another folder."
              .formatted(folder.root(), what, was, is, was, is));
    }
  }

  private static RunFile longer(RunFile earlier, RunSettings was, RunSettings is) {
    long step = earlier.training().map(TrainingFigures::step).orElse(0L);
    long steps = is.run().epochs() * earlier.stepsPerEpoch();
    String note =
        "The run goes on to %d epochs in place of %d: from step %d on, schedules span %,d steps in place of %,d. The learning rate there becomes %s (it was to be %s); a run of %d epochs from its start would differ."
            .formatted(
                is.run().epochs(),
                was.run().epochs(),
                step,
                steps,
                earlier.steps(),
                Figure.of("%.3g", rate(is, steps, earlier.stepsPerEpoch(), step)),
                Figure.of("%.3g", rate(was, earlier.steps(), earlier.stepsPerEpoch(), step)),
                is.run().epochs());
    return earlier.longer(was.run(), is, note);
  }

  private static double rate(RunSettings settings, long steps, long stepsPerEpoch, long step) {
    long images = (long) settings.run().batchSize() * settings.optimizer().accumulate();
    return settings
        .schedule()
        .schedule(settings.optimizer().peakRate(images), steps, stepsPerEpoch)
        .at(step);
  }

  public boolean isComplete() {
    return earlier.status() == Status.COMPLETE && Files.exists(folder.result());
  }

  private static void checkSame(
      RunDirectory folder, Map<String, String> was, Map<String, String> is, boolean longer) {
    is.forEach(
        (name, value) -> {
          String before = was.getOrDefault(name, "not set");
          if (!before.equals(value) && !(longer && name.equals("epochs"))) {
            throw new UserMistake(
                "The run in %s has %s = %s, now %s is asked for. Leave it out to go on, or start anew in another folder."
                    .formatted(folder.root(), name, before, value));
          }
        });
  }
}
