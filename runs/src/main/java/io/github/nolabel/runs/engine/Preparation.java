package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.api.provenance.RunRecord;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.fragment.backbone.Backbones;
import io.github.nolabel.method.Nolabel;
import io.github.nolabel.method.Pretraining;
import io.github.nolabel.runs.plan.RunConfig;
import io.github.nolabel.runs.plan.RunPlan;
import io.github.nolabel.runs.watch.OnlineNeighbours;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Everything a run needs, checked and built; nothing is written yet. */
record Preparation(
    RunPlan plan,
    String device,
    Dataset data,
    List<String> notes,
    Pretraining pretraining,
    BatchLoader loader) {

  /**
   * @throws UserMistake if device, data, options and batch size do not go together
   */
  static Preparation of(
      RunPlan plan, TrainingRuntime runtime, Stopwatch watch, Consumer<String> notices) {
    RunConfig run = plan.run();
    String device = runtime.device(plan.deviceSettings());
    Dataset data =
        watch.time("data", () -> Datasets.open(run.data(), run.datasetSettings(), notices));
    List<String> notes =
        Backbones.create(run.backbone(), plan.spec(1, 1).backboneOptions(), run.imageSize())
            .notes();
    notes.forEach(notices);
    long batches = Math.max(1, data.training().size() / run.batchSize());
    Pretraining pretraining =
        watch.time(
            "compile",
            () -> Nolabel.prepare(run.method(), plan.methodOptions(), plan.spec(batches)));
    BatchLoader loader =
        new BatchLoader(
            data.training(),
            pretraining.recipe().views(),
            new LoaderSettings(run.batchSize(), run.seed(), run.loaderThreads(), run.strict()));
    return new Preparation(plan, device, data, notes, pretraining, loader);
  }

  /** The listeners, told of held-out images' neighbours too where somebody wants to know. */
  List<TrainingListener> evaluating(Trainer trainer, List<TrainingListener> listeners) {
    long everyEpochs = plan.evaluation().everyEpochs();
    if (everyEpochs == 0 || data.heldOut().questions().isEmpty()) {
      return listeners;
    }
    Preprocessing preprocessing = pretraining.recipe().views().evaluation();
    return List.of(
        new OnlineNeighbours(
            trainer.embedder(),
            data.heldOut().preprocessed(preprocessing),
            Probes.batchSize(preprocessing),
            everyEpochs * pretraining.run().stepsPerEpoch(),
            listeners));
  }

  /** About what the run will write, in bytes. */
  long bytesOnDisk() {
    long state =
        pretraining.recipe().program().state().stream()
            .mapToLong(tensor -> tensor.initial().bytes().capacity())
            .sum();
    return (plan.checkpoint().keep() + 2L) * state + (16 << 20);
  }

  TrainerSettings trainerSettings(RunDirectory folder, boolean resume) {
    Map<String, String> identity = new LinkedHashMap<>(plan.identity());
    identity.put("data", data.fingerprint());
    return new TrainerSettings(
        pretraining.run(),
        folder.root(),
        resume,
        plan.checkpoint(),
        plan.deviceSettings(),
        identity);
  }

  /** The record of a run that begins now. */
  RunFile record(TrainingRuntime runtime) {
    RunConfig run = plan.run();
    RunRecord record =
        new RunRecord(
            pretraining.method(),
            plan.described(),
            notes,
            describedData(),
            run.seed(),
            Host.versions(runtime),
            Host.facts(runtime, run.threads(), run.loaderThreads()),
            device,
            Host.gitRevision(),
            new Fingerprint().add(pretraining.recipe().program().training().bytes()).hex(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Map.of());
    return new RunFile(
        record,
        Status.RUNNING,
        pretraining.run().steps(),
        pretraining.run().stepsPerEpoch(),
        Optional.empty(),
        Optional.empty());
  }

  private Map<String, Object> describedData() {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("source", data.source());
    described.put("trainingImages", data.training().size());
    described.put("evaluationImages", data.heldOut().images().size());
    described.put("fingerprint", data.fingerprint());
    described.put("normalisation", describedNormalisation());
    return described;
  }

  private Map<String, Object> describedNormalisation() {
    Normalisation normalisation = pretraining.recipe().views().evaluation().normalisation();
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("mean", normalisation.mean());
    described.put("std", normalisation.std());
    return described;
  }
}
