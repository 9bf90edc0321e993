package io.github.nolabel.runs.engine;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.CheckpointConfig;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.data.load.Share;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunConfig;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * One worker's part of a run that several train together: its rows of every batch, and a trainer
 * for them that starts anew. It writes no checkpoints and tells nobody.
 */
public final class WorkerRun implements AutoCloseable {

  private final Trainer trainer;
  private final BatchSource batches;
  private final CompiledMethod method;

  private WorkerRun(Trainer trainer, BatchSource batches, CompiledMethod method) {
    this.trainer = trainer;
    this.batches = batches;
    this.method = method;
  }

  /**
   * Reads the data and opens a session.
   *
   * @param threads of the session, and as many that load images
   * @param fingerprint of the data that the run began with
   * @param scratch a folder of this worker's own
   * @throws UserMistake if there is other data here, or the batch cannot be divided evenly
   */
  public static WorkerRun open(
      ResolvedPlan plan,
      RunSpec whole,
      Share share,
      int threads,
      String fingerprint,
      Surroundings host,
      Path scratch) {
    RunConfig run = plan.settings().run();
    Dataset opened = data(plan, host);
    Optional<RunTokenizer> tokenizer =
        RunTokenizer.of(plan, new RunDirectory(scratch), opened.training(), notice -> {});
    CompiledMethod rendered = plan.compiled(whole, share, RunTokenizer.vocabulary(tokenizer));
    Rendition views = Rendition.of(plan.settings().device(), rendered.recipe());
    CompiledMethod method = views.of(rendered);
    boolean regions = !method.recipe().inputs().regions().isEmpty();
    Dataset data = regions ? opened.withRegions(run.method(), notice -> {}) : opened;
    requireSame(data, fingerprint);
    BatchLoader loader =
        new BatchLoader(
            data.training(),
            method.recipe().inputs(),
            views.of(LoaderSettings.of(whole, threads, run.strict(), run.decode())),
            tokenizer.map(RunTokenizer::byName).orElse(Map.of()),
            host.features(plan.settings(), notice -> {}).of(data, method.recipe().frozen()),
            share);
    return new WorkerRun(
        host.runtime().open(passing(method.recipe()), settings(plan, method, threads, scratch)),
        loader,
        method);
  }

  /** What a worker runs: for a joint batch, the part that images pass. */
  private static TrainingRecipe passing(TrainingRecipe recipe) {
    return recipe.joint().map(JointPart::worker).orElse(recipe);
  }

  private static Dataset data(ResolvedPlan plan, Surroundings host) {
    RunConfig run = plan.settings().run();
    Dataset data =
        Datasets.open(run.data(), run.datasetSettings(), host.catalogue().sources(), notice -> {});
    return plan.settings().texts().isEmpty() ? data : data.withCaptions(run.method(), notice -> {});
  }

  private static void requireSame(Dataset data, String fingerprint) {
    if (!data.fingerprint().equals(fingerprint)) {
      throw new UserMistake(
          "A worker finds other images under '%s' than the run began with. All workers need the same files in the same place, such as a shared folder."
              .formatted(data.source()));
    }
  }

  private static TrainerSettings settings(
      ResolvedPlan plan, CompiledMethod method, int threads, Path scratch) {
    DeviceSettings asked = plan.settings().deviceSettings();
    RunSpec run = method.run();
    return new TrainerSettings(
        run.optimizer().jointBatch() ? run.joined() : run,
        scratch,
        false,
        CheckpointConfig.DEFAULTS,
        new DeviceSettings(asked.device(), threads).with(asked.config()),
        Map.of());
  }

  public Trainer trainer() {
    return trainer;
  }

  /** This worker's rows of the run's batches. */
  public BatchSource batches() {
    return batches;
  }

  /** What the trainer runs. */
  public CompiledMethod method() {
    return method;
  }

  @Override
  public void close() {
    trainer.close();
  }
}
