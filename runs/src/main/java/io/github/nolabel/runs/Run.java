package io.github.nolabel.runs;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.LabelledSplit;
import io.github.nolabel.data.load.LabelledSet;
import io.github.nolabel.evaluation.Classification;
import io.github.nolabel.evaluation.FineTuning;
import io.github.nolabel.evaluation.LinearProbe;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.runs.engine.Pretrainer;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.RunFile;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.engine.Status;
import io.github.nolabel.runs.engine.Surroundings;
import io.github.nolabel.runs.engine.TrainedRun;
import io.github.nolabel.runs.model.BackboneFile;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunConfig;
import io.github.nolabel.runs.plan.RunSettings;
import io.github.nolabel.runs.protocol.Examination;
import io.github.nolabel.runs.protocol.Networks;
import io.github.nolabel.runs.protocol.Protocols;
import io.github.nolabel.runs.protocol.Report;
import io.github.nolabel.runs.watch.RunWatcher;
import io.github.nolabel.runs.watch.StopRequest;
import io.github.nolabel.runs.watch.Watchers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run in its folder. {@link #train} belongs to one thread at a time; {@link #stop} may be called
 * from any. Everything else reads what the folder holds.
 */
public final class Run {

  private final Surroundings host;
  private final Protocols protocols;
  private final RunDirectory folder;
  private final ResolvedPlan plan;
  private final List<RunWatcher> always;
  private final StopRequest stop = new StopRequest();
  private Optional<RunFile> record;

  Run(
      Surroundings host,
      Protocols protocols,
      RunDirectory folder,
      ResolvedPlan plan,
      Optional<RunFile> record,
      List<RunWatcher> always) {
    this.always = always;
    this.host = host;
    this.protocols = protocols;
    this.folder = folder;
    this.plan = plan;
    this.record = record;
  }

  /** The folder of the run, its files by name; see the module's README for what is in it. */
  public Path directory() {
    return folder.root();
  }

  /** What the run was asked to be; {@link ResolvedPlan#toYaml} writes it down. */
  public ResolvedPlan plan() {
    return plan;
  }

  /** Every option of the run with its value. */
  public RunSettings settings() {
    return plan.settings();
  }

  /** Whether the last epoch was trained, and the result written. */
  public boolean isComplete() {
    return record.filter(r -> r.status() == Status.COMPLETE).isPresent() && folder.holdsResult();
  }

  /**
   * Trains until the last epoch or until somebody stops it, then evaluates and exports. Does
   * nothing if the run is complete.
   *
   * @return whether the run is complete now
   * @throws UserMistake if something does not fit, before any work is done
   * @throws io.github.nolabel.api.train.TrainingDivergedException if the loss left the finite
   *     numbers; the last checkpoint is the state to go back to
   */
  public boolean train(RunWatcher... watchers) {
    if (!isComplete()) {
      List<RunWatcher> all = new ArrayList<>(always);
      all.addAll(List.of(watchers));
      all.add(stop);
      new Pretrainer(host, folder, new Watchers(all)).run(plan, record);
      record = Optional.of(RunFile.read(folder.record()));
    }
    return isComplete();
  }

  /**
   * Asks {@link #train} to end after the running step and a checkpoint. If nobody trains yet, the
   * next call ends before its first step.
   */
  public void stop() {
    stop.request();
  }

  /**
   * What came out of the run.
   *
   * @throws UserMistake if it is not complete
   */
  public RunResult result() {
    requireComplete();
    return RunResult.read(folder);
  }

  /**
   * The backbone that the complete run has exported.
   *
   * @throws UserMistake if it is not complete, or has read region features in place of images
   */
  public BackboneFile backbone() {
    requireComplete();
    if (!Files.exists(folder.backbone())) {
      throw mistake("has no backbone: it read region features. Its networks are " + cuts());
    }
    return BackboneFile.read(folder.backbone(), host.runtime());
  }

  /** The networks that were trained, the deployed one first, each with the cut of its backbone. */
  public Map<String, String> networks() {
    return trained().method().exporter().networks();
  }

  /** Where the networks can be cut for {@link #export}. */
  public List<String> cuts() {
    return trained().method().exporter().cuts();
  }

  /**
   * A part of the network with the weights of the newest checkpoint.
   *
   * @param cut one of {@link #cuts()}
   */
  public BackboneFile export(String cut) {
    return trained().export(saved(), cut);
  }

  /** A linear classifier on the frozen backbone of the newest checkpoint, trained and tested. */
  public Classification linear(LinearProbe options) {
    BackboneFile backbone = export(BackboneExporter.BACKBONE);
    return probes()
        .linear(
            backbone.model(),
            backbone.card().preprocessing(),
            LabelledSet.task(labelled(), settings().run().loaderThreads()),
            options,
            epoch -> {});
  }

  /** A copy of the newest checkpoint's whole network under a classifier, trained and tested. */
  public Classification fineTuned(FineTuning options) {
    TrainedRun trained = trained();
    Probes.Network network =
        new Probes.Network(
            trained.method().classifiers(),
            saved().state(),
            trained.method().classifiers().defaultCut(),
            trained.method().run());
    return probes()
        .fineTuned(
            network,
            LabelledSet.task(labelled(), settings().run().loaderThreads()),
            options,
            epoch -> {});
  }

  /**
   * What a protocol finds with its own options; see {@link #evaluate(String, Map)}.
   *
   * @param protocol such as {@code knn}
   */
  public Report evaluate(String protocol) {
    return evaluate(protocol, Map.of());
  }

  /**
   * What a protocol finds about the newest checkpoint, of this library or of a plug-in.
   *
   * @param options by name, as {@code nolabel methods linear} lists them
   * @throws UserMistake if there is no such protocol or option, or the run cannot be asked this
   */
  public Report evaluate(String protocol, Map<String, ?> options) {
    return protocols.choose(protocol, options).ask(examination());
  }

  /** All that protocols need to ask the newest checkpoint; its data are read. */
  public Examination examination() {
    return new Examination(
        Networks.of(folder, trained(), saved(), Networks.End.DEPLOYED),
        data(),
        host.runtime(),
        settings().deviceSettings(),
        settings().run().loaderThreads(),
        notice -> {});
  }

  private TrainedRun trained() {
    RunFile file = record.orElseThrow(() -> mistake("has not been trained yet"));
    return TrainedRun.of(file, plan, folder);
  }

  private SavedState saved() {
    return host.runtime().saved(folder.root());
  }

  private Probes probes() {
    return Probes.on(host.runtime(), settings().deviceSettings());
  }

  private Dataset data() {
    RunConfig run = settings().run();
    return Datasets.open(
        run.data(), run.datasetSettings(), host.catalogue().sources(), notice -> {});
  }

  private LabelledSplit labelled() {
    Dataset data = data();
    return data.labelled().orElseThrow(() -> new UserMistake(data.unasked().orElseThrow()));
  }

  private void requireComplete() {
    if (!isComplete()) {
      throw mistake("is not complete: train it to its end first");
    }
  }

  private UserMistake mistake(String predicate) {
    return new UserMistake("The run in %s %s.".formatted(folder.root(), predicate));
  }
}
