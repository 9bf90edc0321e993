package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingCollapsedException;
import io.github.nolabel.api.train.TrainingDivergedException;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingSummary;
import io.github.nolabel.evaluation.NeighbourEvaluation;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.watch.RunWatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Carries out one run: checks everything, then trains, evaluates and exports. */
public final class Pretrainer {

  private final Surroundings host;
  private final RunDirectory folder;
  private final RunWatcher watcher;

  public Pretrainer(Surroundings host, RunDirectory folder, RunWatcher watcher) {
    this.host = host;
    this.folder = folder;
    this.watcher = watcher;
  }

  /**
   * Returns the result, which is in the run's folder too; empty if somebody stopped the run.
   *
   * @param earlier the record of the run to go on with; empty for a fresh one
   * @throws UserMistake if something does not fit, before any work is done, or if the batches do
   *     not fit into memory, with those that do
   * @throws TrainingDivergedException as {@link Trainer#train} does
   * @throws TrainingCollapsedException if the run has collapsed and a watcher wanted it to end then
   */
  public Optional<RunResult> run(ResolvedPlan plan, Optional<RunFile> earlier) {
    Stopwatch watch = new Stopwatch(earlier.map(run -> run.record().seconds()).orElse(Map.of()));
    Preparation ready = Preparation.of(plan, folder, earlier, host, watch, watcher::onNotice);
    earlier.ifPresent(run -> checkSameData(run, ready));
    earlier.filter(this::isLonger).ifPresent(run -> watcher.onNotice(run.lastNote()));
    host.files().requireSpace(folder.root(), ready.bytesOnDisk());
    OutputFiles.createFolder(folder.root());
    new BackboneSource(folder).keep(plan, host.files());
    ready.tokenizer().ifPresent(made -> made.keep(folder, host.files()));
    TrainerSettings settings = ready.trainerSettings(folder, earlier);
    WantOfMemory memory = new WantOfMemory(host.runtime(), ready, folder, watcher::onNotice);
    try (Trainer trainer = memory.opened(settings)) {
      RunFile record = earlier.orElseGet(() -> ready.record(host.runtime(), trainer));
      return new Session(ready, watch, trainer, memory, new Watching(watcher, trainer), record)
          .run();
    }
  }

  /** Whether more epochs are asked for than the folder says. */
  private boolean isLonger(RunFile earlier) {
    return earlier.steps() > RunFile.read(folder.record()).steps();
  }

  private void checkSameData(RunFile earlier, Preparation ready) {
    if (!earlier.dataFingerprint().equals(ready.data().fingerprint())) {
      throw new UserMistake(
          "The images of '%s' are not those that the run in %s began with (%s). Resume with the same images, or start anew in another folder."
              .formatted(ready.data().source(), folder.root(), earlier.dataSource()));
    }
  }

  /** The part of a run that writes. */
  private final class Session {

    private final Preparation ready;
    private final Stopwatch watch;
    private final Trainer trainer;
    private final WantOfMemory memory;
    private final Watching watching;
    private RunFile record;

    Session(
        Preparation ready,
        Stopwatch watch,
        Trainer trainer,
        WantOfMemory memory,
        Watching watching,
        RunFile record) {
      this.ready = ready;
      this.watch = watch;
      this.trainer = trainer;
      this.memory = memory;
      this.watching = watching;
      this.record = record;
    }

    Optional<RunResult> run() {
      save(Status.RUNNING);
      try {
        watching.begin(folder, record);
        List<Tensor> sample = ready.sample();
        Anchors anchors = anchors(sample);
        TrainingSummary summary = watch.time("training", () -> train(sample, anchors));
        folder.requireStill();
        LeftOut.sentences(ready.loader()).forEach(watcher::onNotice);
        watching.requireHealthy(summary);
        if (!summary.complete()) {
          save(Status.INTERRUPTED);
          watcher.onStopped(summary, record.steps());
          return Optional.empty();
        }
        return Optional.of(finish(anchors));
      } catch (TrainingCollapsedException e) {
        saveAfter(e, Status.COLLAPSED);
        throw e;
      } catch (TrainingDivergedException e) {
        saveAfter(e, Status.DIVERGED);
        throw e;
      } catch (RuntimeException | Error e) {
        saveAfter(e, Status.FAILED);
        throw e;
      }
    }

    /** What went wrong first is told, whether or not the record can still be written. */
    private void saveAfter(Throwable failure, Status status) {
      try {
        save(status);
        watcher.onFailure(status.written(), String.valueOf(failure.getMessage()));
      } catch (RuntimeException | Error unsaved) {
        failure.addSuppressed(unsaved);
      }
    }

    private Anchors anchors(List<Tensor> sample) {
      Anchors anchors =
          record
              .anchors()
              .orElseGet(() -> watch.time("untrainedEvaluation", () -> measured(sample)));
      record = record.with(anchors);
      save(Status.RUNNING);
      return anchors;
    }

    /** Of the network as it starts, with the weights of another run if it was given some. */
    private Anchors measured(List<Tensor> sample) {
      Map<String, Tensor> untrained = trainer.state();
      return new Anchors(
          accuracies(untrained, 0),
          ready.readsImages() ? rawPixels() : Map.of(),
          retrieval(untrained, 0),
          captions(untrained, 0),
          watching.variety(sample));
    }

    private Map<String, Double> rawPixels() {
      return Neighbours.ofPixels(
          ready.data().heldOut(), ready.method().recipe().inputs().evaluation());
    }

    private TrainingSummary train(List<Tensor> sample, Anchors anchors) {
      List<TrainingListener> listeners =
          ready.evaluating(
              trainer,
              watching.listeners(
                  folder,
                  ready.method().run(),
                  sample,
                  anchors.variety(),
                  () -> ready.tellsAsMuch(trainer, anchors)));
      watcher.onStart(trainer::requestStop);
      TrainingSummary summary = memory.train(trainer, listeners);
      TrainingFigures figures = TrainingFigures.of(summary, ready.loader().skipped());
      boolean nothingDone = Double.isNaN(summary.finalLoss());
      record = record.with(nothingDone ? record.training().orElse(figures) : figures);
      return summary;
    }

    private RunResult finish(Anchors anchors) {
      Map<String, Tensor> state = trainer.state();
      long step = trainer.step();
      NetworkFiles networks = new NetworkFiles(folder, host.files());
      watch.time("export", () -> networks.write(network(), state, step));
      RunResult result =
          new RunResult(
              record,
              record.training().orElseThrow(),
              anchors,
              watch.time("evaluation", () -> accuracies(state, step)),
              watch.time("retrieval", () -> retrieval(state, step)),
              watch.time("captions", () -> captions(state, step)),
              watch.total());
      BelowUntrained.note(ready.data().heldOut(), anchors.untrained(), result.trained())
          .ifPresent(watcher::onNotice);
      host.files().write(folder.result(), Json.pretty(result.toJson()));
      save(Status.COMPLETE);
      watcher.onComplete(result.toJson());
      return result;
    }

    private Map<String, Double> accuracies(Map<String, Tensor> state, long step) {
      return ready.readsImages()
          ? Neighbours.of(
              network().export(state, step, BackboneExporter.BACKBONE),
              ready.data().heldOut(),
              NeighbourEvaluation.STANDARD,
              host.runtime(),
              ready.settings().deviceSettings())
          : Map.of();
    }

    private Map<String, Double> retrieval(Map<String, Tensor> state, long step) {
      return Retrieving.of(ready)
          .map(retrieving -> asked(retrieving, state, step))
          .orElse(Map.of());
    }

    private Map<String, Double> asked(Retrieving retrieving, Map<String, Tensor> state, long step) {
      try (Towers towers =
          Towers.open(
              network(), state, step, folder, host.runtime(), ready.settings().deviceSettings())) {
        return retrieving.figures(towers);
      }
    }

    private Map<String, Double> captions(Map<String, Tensor> state, long step) {
      return CaptionQuestions.of(ready)
          .ask(network(), state, step, host.runtime(), ready.settings().deviceSettings());
    }

    private TrainedRun network() {
      return new TrainedRun(record, ready.settings(), ready.method());
    }

    private void save(Status status) {
      record = record.with(status, watch.seconds());
      record.write(folder.record(), host.files());
    }
  }
}
