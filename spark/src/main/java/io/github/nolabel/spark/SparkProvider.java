package io.github.nolabel.spark;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.ClusterProvider;
import io.github.nolabel.runs.plan.ResolvedPlan;
import java.util.LinkedHashMap;
import java.util.Map;

/** Spark for the command line: {@code nolabel pretrain --spark MASTER}. */
public final class SparkProvider implements ClusterProvider {

  private static final String SPARKS = "spark.";

  @Override
  public String name() {
    return "spark";
  }

  /**
   * @param settings those of {@link SparkSettings}, and Spark's own, which begin with {@code
   *     spark.}
   */
  @Override
  public TrainingRuntime open(
      TrainingRuntime driver, ResolvedPlan plan, String master, Map<String, String> settings) {
    requireSpark();
    Map<String, String> ours = new LinkedHashMap<>();
    Map<String, String> sparks = new LinkedHashMap<>();
    settings.forEach((name, value) -> (name.startsWith(SPARKS) ? sparks : ours).put(name, value));
    return new SparkRuntime(
        driver,
        Connection.to(Configuration.of(master, sparks)),
        RecordOptions.override(SparkSettings.DEFAULTS, ours),
        plan.toYaml());
  }

  private static void requireSpark() {
    try {
      Class.forName("org.apache.spark.SparkConf", false, SparkProvider.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new UserMistake(
          "Spark itself is not on the class path: put the jars of a Spark 4 installation there, as with spark-submit.",
          e);
    }
  }
}
