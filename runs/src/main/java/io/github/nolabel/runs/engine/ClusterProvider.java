package io.github.nolabel.runs.engine;

import io.github.nolabel.api.option.NamedService;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.runs.plan.ResolvedPlan;
import java.util.Map;

/**
 * Machines that take a run's updates in place of this process. A plug-in: named in {@code
 * META-INF/services/io.github.nolabel.runs.engine.ClusterProvider}, it is found by {@code nolabel
 * pretrain --spark}.
 */
public interface ClusterProvider extends NamedService {

  /**
   * A runtime that trains one plan on a cluster. The cluster is asked for when training begins, and
   * left when the runtime is closed, which closes {@code driver} as well.
   *
   * @param driver does all but the updates
   * @param master which cluster, such as {@code local[2]}
   * @param settings by name; those that are missing have their defaults
   * @throws io.github.nolabel.api.UserMistake if there is no such kind of cluster or setting, or a
   *     value is out of range
   */
  TrainingRuntime open(
      TrainingRuntime driver, ResolvedPlan plan, String master, Map<String, String> settings);
}
