package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.engine.Towers;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.model.BackboneFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The networks that are asked: of a run at some of its weights, or an exported one.
 *
 * @param path the folder of the run, or the file
 * @param end where networks of the run end
 */
public record Networks(Path path, Optional<OfRun> run, Optional<BackboneFile> file, End end) {

  /**
   * Where networks of a run end.
   *
   * @param network what the method's paper deploys if empty
   * @param cut the network's backbone if empty
   */
  public record End(Optional<String> network, Optional<String> cut) {

    /** The backbone that the method's paper deploys. */
    public static final End DEPLOYED = new End(Optional.empty(), Optional.empty());
  }

  /**
   * A run with weights by name.
   *
   * @param weights the trained ones first
   */
  public record OfRun(TrainedRun run, RunDirectory folder, List<Weights> weights) {

    boolean readsRegions() {
      return !run.method().recipe().inputs().regions().isEmpty();
    }
  }

  /** A run with the weights of a checkpoint. */
  public static Networks of(RunDirectory folder, TrainedRun run, SavedState saved, End end) {
    Weights trained = new Weights(Subject.TRAINED, saved.state(), saved.step());
    return new Networks(
        folder.root(),
        Optional.of(new OfRun(run, folder, List.of(trained))),
        Optional.empty(),
        end);
  }

  /** An exported network. */
  public static Networks of(Path path, BackboneFile file) {
    return new Networks(path, Optional.empty(), Optional.of(file), End.DEPLOYED);
  }

  /**
   * The same, with the weights before the first step beside them; a file has none.
   *
   * @throws UserMistake as {@link TrainedRun#untrained} does
   */
  public Networks withUntrained(TrainingRuntime runtime) {
    return new Networks(path, run.map(known -> withUntrained(known, runtime)), file, end);
  }

  private static OfRun withUntrained(OfRun known, TrainingRuntime runtime) {
    List<Weights> weights = new ArrayList<>(known.weights());
    weights.add(new Weights(Subject.UNTRAINED, known.run().untrained(runtime), 0));
    return new OfRun(known.run(), known.folder(), weights);
  }

  /**
   * The run.
   *
   * @throws UserMistake if it is a file
   */
  public OfRun ofRun() {
    return run.orElseThrow(
        () ->
            new UserMistake(
                "%s is one file; images and texts need the folder of a run.".formatted(path)));
  }

  /** Networks from images to features, the trained one first. */
  public List<Subject> frozen() {
    return file.map(network -> List.of(Subject.of(network)))
        .orElseGet(() -> subjects(cut(ofRun().run())));
  }

  /**
   * Whole networks that may be trained on, the trained one first.
   *
   * @throws UserMistake if it is a file
   */
  public List<Subject> trainable() {
    requireTrainable();
    return subjects(wholeCut(ofRun().run()));
  }

  void requireTrainable() {
    if (run.isEmpty()) {
      throw new UserMistake(
          "Fine-tuning needs the folder of a run; the weights of an exported file are fixed.");
    }
  }

  private List<Subject> subjects(String cut) {
    OfRun known = ofRun();
    return known.weights().stream()
        .map(one -> Subject.of(one.name(), known.run(), one.state(), one.step(), cut))
        .toList();
  }

  /**
   * The towers of images and texts by network, the trained one first; to be closed.
   *
   * @throws UserMistake if it is a file, or the run's method has none
   */
  Map<String, Towers> towers(TrainingRuntime runtime, DeviceSettings device) {
    OfRun known = ofRun();
    Map<String, Towers> towers = new LinkedHashMap<>();
    for (Weights one : known.weights()) {
      towers.put(
          one.name(),
          Towers.open(known.run(), one.state(), one.step(), known.folder(), runtime, device));
    }
    return towers;
  }

  void requireTowers() {
    Towers.requireThem(ofRun().run(), ofRun().folder());
  }

  private String cut(TrainedRun run) {
    return end.cut().orElseGet(() -> backbone(run.method().exporter().networks(), end.network()));
  }

  private String wholeCut(TrainedRun run) {
    Map<String, String> networks = run.method().exporter().networks();
    String cut = cut(run);
    boolean isDeployed = cut.equals(networks.values().iterator().next());
    return end.cut().isEmpty() && isDeployed ? run.method().classifiers().defaultCut() : cut;
  }

  /**
   * The cut that is a network's backbone.
   *
   * @param networks their cuts, first what the method's paper deploys
   * @param network the first if empty
   * @throws UserMistake if there is no such network
   */
  public static String backbone(Map<String, String> networks, Optional<String> network) {
    String wanted = network.map(Suggestions::fold).orElse(networks.keySet().iterator().next());
    if (!networks.containsKey(wanted)) {
      throw new UserMistake(
          "The run has no network '%s'.%s Networks: %s."
              .formatted(
                  network.orElse(wanted),
                  Suggestions.didYouMean(wanted, networks.keySet()),
                  String.join(", ", networks.keySet())));
    }
    return networks.getOrDefault(wanted, BackboneExporter.BACKBONE);
  }
}
