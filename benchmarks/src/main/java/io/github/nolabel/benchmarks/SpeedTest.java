package io.github.nolabel.benchmarks;

import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.RunSpec;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.api.train.TrainingListener;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.method.CompiledMethod;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** Images per second of SimCLR's whole step: forward, backward, update. */
final class SpeedTest {

  private static final int FEWEST_FIRST_STEPS = 5;
  private static final int LEAST_STEPS = 4;

  private final Device device;
  private final Path folder;
  private final double warmUpSeconds;
  private final double budgetSeconds;

  /**
   * @param warmUpSeconds how long it trains before the clock starts; five steps at least
   * @param budgetSeconds how long one measurement takes once it is warm
   */
  SpeedTest(Device device, Path folder, double warmUpSeconds, double budgetSeconds) {
    this.device = device;
    this.folder = folder;
    this.warmUpSeconds = warmUpSeconds;
    this.budgetSeconds = budgetSeconds;
  }

  /** Over one batch that is there already. */
  Map<String, Object> compute(Workload workload) {
    Gratings drawn = new Gratings(workload.batchSize(), workload.imageSize(), 1);
    BatchStream stream = drawn.from(0);
    var only = stream.next();
    BatchSource repeated = new Repeated(only);
    return measure(workload, repeated);
  }

  /** With images that are read, decoded and augmented meanwhile. */
  Map<String, Object> endToEnd(Workload workload, Path images, int workers) {
    RunSpec spec = workload.spec();
    var data = Datasets.open("folder:" + images, DatasetSettings.DEFAULTS);
    BatchLoader loader =
        new BatchLoader(
            data.training(),
            Run.simClr(spec).recipe().inputs(),
            new LoaderSettings(workload.batchSize(), 1, workers, false));
    return measure(workload, loader);
  }

  private Map<String, Object> measure(Workload workload, BatchSource batches) {
    RunSpec spec = workload.spec();
    CompiledMethod simClr = Run.simClr(spec);
    Path own = folder.resolve("speed-" + System.nanoTime());
    try (Run run = Run.open(simClr.recipe(), spec, device, own, false)) {
      Clock clock = new Clock(run, workload.batchSize());
      run.train(batches, Long.MAX_VALUE, clock);
      return clock.figures();
    }
  }

  /** A network, and how large a step is. */
  record Workload(String backbone, String stem, int imageSize, int batchSize, boolean mixed) {

    RunSpec spec() {
      return Run.spec(
          backbone,
          stem.isEmpty() ? Map.of() : Map.of("stem", stem),
          imageSize,
          batchSize,
          1 << 19,
          RecordOptions.override(
              OptimizerConfig.DEFAULTS, Map.of("mixedPrecision", Boolean.toString(mixed))));
    }
  }

  /** Starts after the warm-up and stops the run when the time is over. */
  private final class Clock implements TrainingListener {

    private final Run run;
    private final int batchSize;
    private final long opened = System.nanoTime();
    private long begin;
    private long end;
    private long steps;
    private double waiting;

    Clock(Run run, int batchSize) {
      this.run = run;
      this.batchSize = batchSize;
    }

    @Override
    public void onStep(StepReport report) {
      end = System.nanoTime();
      if (steps == 0 && isWarmingUp(report.step())) {
        begin = end;
        return;
      }
      steps++;
      waiting = report.dataWaitShare();
      if ((end - begin) / 1e9 >= budgetSeconds && steps >= LEAST_STEPS) {
        run.trainer().requestStop();
      }
    }

    private boolean isWarmingUp(long step) {
      return step <= FEWEST_FIRST_STEPS || (begin - opened) / 1e9 < warmUpSeconds;
    }

    Map<String, Object> figures() {
      double seconds = (end - begin) / 1e9;
      Map<String, Object> figures = new LinkedHashMap<>();
      figures.put("imagesPerSecond", steps * batchSize / seconds);
      figures.put("millisPerStep", 1000 * seconds / steps);
      figures.put("steps", steps);
      figures.put("dataWaitShare", waiting);
      return figures;
    }
  }

  /** One batch, again and again. */
  record Repeated(io.github.nolabel.api.train.Batch batch) implements BatchSource {

    @Override
    public long batchesPerEpoch() {
      return 1;
    }

    @Override
    public BatchStream from(long firstBatch) {
      return new BatchStream() {
        @Override
        public io.github.nolabel.api.train.Batch next() {
          return batch;
        }

        @Override
        public void close() {
          // There is nothing to free.
        }
      };
    }
  }
}
