package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.fragment.backbone.Backbone;
import io.github.nolabel.inference.ModelCard;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.model.ArtifactCard;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.model.LibraryWeights;
import io.github.nolabel.runs.model.WeightLibrary;
import io.github.nolabel.runs.plan.Assignment;
import io.github.nolabel.runs.plan.Catalogue;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.Planner;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunSettings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A run and its network, whose weights may be those of any of its checkpoints. */
public record TrainedRun(RunFile file, RunSettings plan, CompiledMethod method) {

  /** {@link #open(RunDirectory, Catalogue, Optional)} of a run whose backbone has a name. */
  public static TrainedRun open(RunDirectory folder, Catalogue catalogue) {
    return open(folder, catalogue, Optional.empty());
  }

  /**
   * Reads the record of a run and builds its network again.
   *
   * @param given the backbone, if the run was given it as an object
   * @throws io.github.nolabel.api.UserMistake if there is no run there
   */
  public static TrainedRun open(
      RunDirectory folder, Catalogue catalogue, Optional<Backbone> given) {
    folder.requireRun();
    RunFile file = RunFile.read(folder.record());
    List<Assignment> recorded =
        new BackboneSource(folder).redirected(file.assignments(folder.record()));
    ResolvedPlan plan = new Planner(Defaults.STANDARD, catalogue).plan(List.of(recorded), given);
    return of(file, plan, folder);
  }

  /** The network of a run whose plan is at hand. */
  public static TrainedRun of(RunFile file, ResolvedPlan plan, RunDirectory folder) {
    Optional<RunTokenizer> tokenizer = RunTokenizer.read(plan.settings(), folder);
    return new TrainedRun(
        file,
        plan.settings(),
        plan.compiled(file.steps(), file.stepsPerEpoch(), RunTokenizer.vocabulary(tokenizer)));
  }

  /** The part of the network up to {@code cut}, with the weights of a checkpoint. */
  public BackboneFile export(SavedState saved, String cut) {
    return export(saved.state(), saved.step(), cut);
  }

  /**
   * The weights before the first step, by name; of a run that started with those of another, with
   * these.
   *
   * @throws UserMistake if that other run is gone, or has been trained on since
   */
  public Map<String, Tensor> untrained(TrainingRuntime runtime) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    for (StateTensor tensor : method.recipe().program().state()) {
      state.put(tensor.name(), tensor.initial());
    }
    plan.run().startsFrom().ifPresent(other -> state.putAll(started(other, runtime)));
    return state;
  }

  private Map<String, Tensor> started(Path other, TrainingRuntime runtime) {
    try {
      StartingWeights weights = StartingWeights.of(other, method.recipe().program(), runtime);
      if (file.record().notes().containsAll(weights.note())) {
        return weights.tensors();
      }
    } catch (UserMistake gone) {
      throw lost(other, "they are no longer there: " + gone.getMessage());
    }
    throw lost(other, "that run has been trained on or replaced since.");
  }

  private static UserMistake lost(Path other, String why) {
    return new UserMistake(
        "The network before the first step cannot be asked: it had the weights of the run in %s, and %s What it was worth then is in run.json, under 'anchors'."
            .formatted(other, why));
  }

  BackboneFile export(Map<String, Tensor> state, long step, String cut) {
    ModelCard card = card(step, cut);
    return new BackboneFile(method.exporter().export(state, cut, card.metadata()), card);
  }

  /**
   * The weights of a checkpoint under the names of a Python library.
   *
   * @param cut {@code backbone}, of whichever network
   * @throws UserMistake if the library has no such network
   */
  public LibraryWeights weights(SavedState saved, String cut, WeightLibrary library) {
    return LibraryWeights.of(
        method.exporter().weights(saved.state(), cut), library, card(saved.step(), cut));
  }

  /**
   * What other programs need to go on training from a checkpoint.
   *
   * @param cut what the evaluation model computes
   */
  public ArtifactCard artifacts(SavedState saved, String cut, OptimizerConfig optimizer) {
    return new ArtifactCard(
        card(saved.step(), cut),
        method.artifacts().export(saved.state(), cut, optimizer),
        optimizer,
        optimizer.peakRate((long) plan.run().batchSize() * optimizer.accumulate()),
        file.steps());
  }

  private ModelCard card(long step, String cut) {
    return new ModelCard(method.recipe().inputs().evaluation(), provenance(step, cut));
  }

  private Map<String, String> provenance(long step, String cut) {
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("method", method.method());
    provenance.put("backbone", plan.run().backbone());
    provenance.put("cut", cut);
    provenance.put("step", Long.toString(step));
    provenance.put("steps", Long.toString(file.steps()));
    provenance.put("seed", Long.toString(plan.run().seed()));
    provenance.put("data", file.dataSource());
    provenance.put("dataFingerprint", file.dataFingerprint());
    provenance.put("options", Json.compact(plan.described()));
    provenance.put("program", file.record().program());
    provenance.put("version", Host.nolabel());
    provenance.put("gitRevision", file.record().gitRevision());
    provenance.put("startedAt", file.record().startedAt());
    return provenance;
  }
}
