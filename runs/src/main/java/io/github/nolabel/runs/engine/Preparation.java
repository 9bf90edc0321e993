package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.api.provenance.RunRecord;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.feature.KeptFeatures;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunConfig;
import io.github.nolabel.runs.plan.RunSettings;
import io.github.nolabel.runs.watch.OnlineNeighbours;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Everything a run needs, checked and built; nothing is written yet. */
record Preparation(
    ResolvedPlan plan,
    String device,
    Feed feed,
    CompiledMethod method,
    BatchLoader loader,
    StartingWeights weights) {

  /**
   * @param earlier the record of the run to go on with; empty for a fresh one
   * @throws UserMistake if device, data, options and batch size do not go together
   */
  static Preparation of(
      ResolvedPlan plan,
      RunDirectory folder,
      Optional<RunFile> earlier,
      Surroundings host,
      Stopwatch watch,
      Consumer<String> notices) {
    RunConfig run = plan.settings().run();
    String device = host.runtime().device(plan.settings().deviceSettings());
    host.runtime().fallback(plan.settings().deviceSettings()).ifPresent(notices);
    Dataset opened = watch.time("data", () -> data(plan.settings(), host, notices));
    plan.backbone().notes().forEach(notices);
    Optional<RunTokenizer> tokenizer =
        watch.time("tokenizer", () -> RunTokenizer.of(plan, folder, opened.training(), notices));
    plan.textNotes(RunTokenizer.vocabulary(tokenizer)).forEach(notices);
    CompiledMethod reading = watch.time("compile", () -> compiled(plan, opened, tokenizer));
    boolean regions = !reading.recipe().inputs().regions().isEmpty();
    Dataset data = regions ? opened.withRegions(run.method(), notices) : opened;
    CompiledMethod rendered =
        regions ? watch.time("compile", () -> compiled(plan, data, tokenizer)) : reading;
    Rendition views = Rendition.of(plan.settings().device(), rendered.recipe());
    CompiledMethod method = views.of(rendered);
    if (!regions) {
      data.requireReadable();
      data.hint().ifPresent(notices);
    }
    StartingWeights weights =
        run.startsFrom()
            .filter(other -> earlier.isEmpty())
            .map(other -> StartingWeights.of(other, method.recipe().program(), host.runtime()))
            .orElse(StartingWeights.NONE);
    weights.note().forEach(notices);
    if (earlier.isEmpty()) {
      new Forewarnings(plan, method.run(), data).sentences().forEach(notices);
    }
    Map<String, KeptFeatures> features =
        method.recipe().frozen().isEmpty()
            ? Map.of()
            : watch.time(
                "features",
                () -> host.features(plan.settings(), notices).of(data, method.recipe().frozen()));
    Feed feed = new Feed(data, tokenizer, features);
    return new Preparation(plan, device, feed, method, feed.loader(run, method, views), weights);
  }

  /** The same updates with batches of another size. */
  Preparation withBatches(int size) {
    ResolvedPlan other = plan.withBatchSize(size);
    RunSpec run = method.run();
    CompiledMethod rendered =
        other.compiled(run.steps(), run.stepsPerEpoch(), RunTokenizer.vocabulary(tokenizer()));
    Rendition views = Rendition.of(other.settings().device(), rendered.recipe());
    CompiledMethod changed = views.of(rendered);
    BatchLoader batches = feed.loader(other.settings().run(), changed, views);
    return new Preparation(other, device, feed, changed, batches, weights);
  }

  private static CompiledMethod compiled(
      ResolvedPlan plan, Dataset data, Optional<RunTokenizer> tokenizer) {
    long batches = Math.max(1, data.training().size() / plan.settings().run().batchSize());
    return plan.compiled(batches, RunTokenizer.vocabulary(tokenizer));
  }

  /** For a run that reads texts, the images that have any. */
  private static Dataset data(RunSettings settings, Surroundings host, Consumer<String> notices) {
    RunConfig run = settings.run();
    Dataset data =
        Datasets.open(run.data(), run.datasetSettings(), host.catalogue().sources(), notices);
    return settings.texts().isEmpty() ? data : data.withCaptions(run.method(), notices);
  }

  /** Whether a network of images is trained, which can be asked for neighbours. */
  boolean readsImages() {
    return method.recipe().inputs().regions().isEmpty();
  }

  /** Some images as the network sees them, float[n, 3, S, S] each, if it sees any. */
  List<Tensor> sample() {
    return readsImages() ? Sample.of(data(), method.recipe().inputs().evaluation()) : List.of();
  }

  RunSettings settings() {
    return plan.settings();
  }

  /** The listeners, told of held-out images' neighbours too where somebody wants to know. */
  List<TrainingListener> evaluating(Trainer trainer, List<TrainingListener> listeners) {
    long everyEpochs = settings().evaluation().everyEpochs();
    if (everyEpochs == 0) {
      return listeners;
    }
    long everySteps = everyEpochs * method.run().stepsPerEpoch();
    List<TrainingListener> asking =
        Retrieving.of(this)
            .<List<TrainingListener>>map(
                retrieving -> List.of(retrieving.online(trainer, this, everySteps, listeners)))
            .orElse(listeners);
    return readsImages() && !data().heldOut().questions().isEmpty()
        ? neighbours(trainer, everySteps, asking)
        : asking;
  }

  private List<TrainingListener> neighbours(
      Trainer trainer, long everySteps, List<TrainingListener> listeners) {
    Preprocessing preprocessing = method.recipe().inputs().evaluation();
    return List.of(
        new OnlineNeighbours(
            trainer.embedder(),
            data().heldOut().preprocessed(preprocessing),
            Probes.batchSize(preprocessing),
            everySteps,
            listeners));
  }

  /** Whether the network tells neighbours no worse than before the first step. */
  boolean tellsAsMuch(Trainer trainer, Anchors anchors) {
    return readsImages()
        && Neighbours.asMany(
            trainer.embedder(),
            data().heldOut(),
            method.recipe().inputs().evaluation(),
            anchors.untrained());
  }

  /** About what the run will write, in bytes. */
  long bytesOnDisk() {
    long state =
        method.recipe().program().state().stream()
            .mapToLong(tensor -> (long) tensor.elements() * tensor.type().bytes())
            .sum();
    return (settings().checkpoint().keep() + 2L) * state + (16 << 20);
  }

  TrainerSettings trainerSettings(RunDirectory folder, Optional<RunFile> earlier) {
    Map<String, String> identity = new LinkedHashMap<>(settings().identity());
    identity.put("data", data().fingerprint());
    earlier
        .flatMap(RunFile::epochsAtFirst)
        .ifPresent(epochs -> identity.put("epochs", Long.toString(epochs)));
    tokenizer().ifPresent(made -> identity.put("tokenizer", made.fingerprint()));
    return new TrainerSettings(
        method.run(),
        folder.root(),
        earlier.isPresent(),
        settings().checkpoint(),
        settings().deviceSettings(),
        identity,
        weights.tensors());
  }

  private List<String> notes(TrainingRuntime runtime) {
    return Stream.of(
            runtime.fallback(settings().deviceSettings()).stream().toList(),
            plan.backbone().notes(),
            plan.textNotes(RunTokenizer.vocabulary(tokenizer())),
            weights.note())
        .flatMap(List::stream)
        .toList();
  }

  /** The record of a run that begins now. */
  RunFile record(TrainingRuntime runtime, Trainer trainer) {
    RunConfig run = settings().run();
    RunRecord record =
        new RunRecord(
            method.method(),
            settings().described(),
            notes(runtime),
            DataFacts.of(data(), method.recipe().inputs().evaluation().normalisation()),
            run.seed(),
            Host.versions(runtime),
            Host.facts(runtime, run.threads(), run.loaderThreads(), trainer.kernels()),
            device,
            Host.gitRevision(),
            new Fingerprint().add(method.recipe().program().training().bytes()).hex(),
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Map.of());
    return new RunFile(
        record,
        Status.RUNNING,
        method.run().steps(),
        method.run().stepsPerEpoch(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  Dataset data() {
    return feed.data();
  }

  Optional<RunTokenizer> tokenizer() {
    return feed.tokenizer();
  }
}
