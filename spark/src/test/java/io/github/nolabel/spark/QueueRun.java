package io.github.nolabel.spark;

import io.github.nolabel.runs.RunPlan;

/** A run in which everything there is to keep is kept. */
final class QueueRun {

  static final SparkSettings TWO = SparkSettings.DEFAULTS.withWorkers(2);

  /**
   * Queues of each worker, batch statistics, a teacher, moments: four epochs of four steps. The
   * driver reads no image before the last of them, so those that fail are a worker's.
   */
  static final RunPlan MOCO =
      RunPlan.of("moco-v2")
          .data("stripes:56")
          .backbone("small-cnn")
          .epochs(4)
          .batchSize(12)
          .imageSize(16)
          .set("backbone.width", 4)
          .set("backbone.stages", 2)
          .set("projectionDim", 8)
          .set("queueSize", 32)
          .set("run.threads", 1)
          .set("evaluation.everyEpochs", 0)
          .set("checkpoint.keep", 100);

  static final int STEPS = 16;

  /** One step, then rounds of two with outer momentum. */
  static final SparkSettings MOVING = TWO.withLocalSteps(2, 1).withOuter(OuterUpdate.NESTEROV);

  private QueueRun() {}
}
