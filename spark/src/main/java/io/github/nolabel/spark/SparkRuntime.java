package io.github.nolabel.spark;

import io.github.nolabel.api.joint.JointRounds;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.JointPart;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.SavedState;
import io.github.nolabel.api.train.Trainer;
import io.github.nolabel.api.train.TrainerSettings;
import io.github.nolabel.api.train.TrainingArtifacts;
import io.github.nolabel.api.train.TrainingRecipe;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.load.Share;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.spark.api.java.JavaSparkContext;

/** Trains one plan on a cluster; all else is done on the driver, by the runtime that it wraps. */
final class SparkRuntime implements TrainingRuntime {

  private final TrainingRuntime driver;
  private final Connection connection;
  private final SparkSettings settings;
  private final String plan;

  /**
   * @param plan every option as YAML
   */
  SparkRuntime(TrainingRuntime driver, Connection connection, SparkSettings settings, String plan) {
    this.driver = driver;
    this.connection = connection;
    this.settings = settings;
    this.plan = plan;
  }

  @Override
  public Trainer open(TrainingRecipe recipe, TrainerSettings trainer) {
    RunSpec run = trainer.run();
    JavaSparkContext context = connection.context();
    int workers = settings.workers() > 0 ? settings.workers() : context.defaultParallelism();
    new Share(0, workers).rows(run.batchSize());
    Cluster cluster = new Cluster(context, UUID.randomUUID().toString());
    WorkerJob job =
        new WorkerJob(
            cluster.run(),
            plan,
            workers,
            run.steps(),
            run.stepsPerEpoch(),
            context.getConf().getInt("spark.task.cpus", 1),
            Objects.requireNonNull(trainer.identity().get("data"), "data"));
    if (recipe.joint().isPresent()) {
      return joint(recipe, trainer, cluster, job);
    }
    ClusterRounds rounds =
        new ClusterRounds(cluster, job, settings, new StateLayout(recipe.program().state()), run);
    return new SparkTrainer(driver.open(recipe, trainer), rounds, cluster, workers);
  }

  /** Workers pass the images, the driver compares and updates. */
  private Trainer joint(
      TrainingRecipe recipe, TrainerSettings trainer, Cluster cluster, WorkerJob job) {
    settings.requireSingleSteps();
    RunSpec joined = trainer.run().joined();
    Trainer updating = driver.open(recipe.alone(), trainer.with(joined));
    JointPart part = recipe.joint().orElseThrow();
    JointRounds rounds =
        new JointRounds(updating, recipe, joined.batchSize(), new JointCluster(cluster, job, part));
    return new SparkTrainer(updating, rounds, cluster, job.workers());
  }

  @Override
  public SavedState saved(Path directory) {
    return driver.saved(directory);
  }

  @Override
  public void write(TrainingArtifacts artifacts, Path folder) {
    driver.write(artifacts, folder);
  }

  @Override
  public String device(DeviceSettings device) {
    return driver.device(device);
  }

  @Override
  public Optional<String> fallback(DeviceSettings device) {
    return driver.fallback(device);
  }

  @Override
  public Model model(OnnxModel model, DeviceSettings device) {
    return driver.model(model, device);
  }

  @Override
  public OnnxModel read(Path file) {
    return driver.read(file);
  }

  @Override
  public void close() {
    try {
      driver.close();
    } finally {
      connection.close();
    }
  }

  @Override
  public Map<String, String> versions() {
    return driver.versions();
  }

  @Override
  public List<Finding> examine() {
    return driver.examine();
  }
}
