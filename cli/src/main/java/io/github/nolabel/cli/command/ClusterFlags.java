package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.engine.ClusterProvider;
import io.github.nolabel.runs.plan.ResolvedPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags of {@code pretrain} that say which machines train. */
final class ClusterFlags {

  @Option(
      names = "--spark",
      paramLabel = "MASTER",
      description =
          "Train on a Spark cluster: local[2] for trying it, spark://HOST:7077; submit is the one"
              + " that spark-submit was given.")
  private @Nullable String master;

  @Option(
      names = "--spark-set",
      paramLabel = "NAME=VALUE",
      description =
          "How: workers=8, localSteps=50, warmupSteps=500, qsrAlpha=0.02, outerRate=0.7,"
              + " outerMomentum=0.9; or one of Spark's own, such as spark.executor.memory=8g.")
  private Map<String, String> settings = new LinkedHashMap<>();

  /** Whether a cluster is asked for. */
  boolean given() {
    if (master == null && !settings.isEmpty()) {
      throw new UserMistake("--spark-set needs a cluster: --spark MASTER, such as local[2].");
    }
    return master != null;
  }

  /** What trains the plan. */
  TrainingRuntime runtime(ResolvedPlan plan) {
    return given() && master != null
        ? provider().open(TrainingRuntime.find(), plan, master, settings)
        : TrainingRuntime.find();
  }

  /** These flags as they are typed, each with a blank before it. */
  String typed() {
    StringBuilder words = new StringBuilder();
    if (master != null) {
      words.append(" --spark ").append(ClosingLines.quoted(master));
    }
    settings.forEach(
        (name, value) ->
            words.append(" --spark-set ").append(ClosingLines.quoted(name + "=" + value)));
    return words.toString();
  }

  private static ClusterProvider provider() {
    return ServiceLoader.load(ClusterProvider.class, ClusterFlags.class.getClassLoader())
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "Nothing here trains on Spark (--spark). Put nolabel-spark's jar and those of a"
                        + " Spark 4 installation on the class path; in a clone, the script nolabel"
                        + " does so."));
  }
}
