package io.github.nolabel.benchmarks;

import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.Decoding;
import io.github.nolabel.data.load.LoaderSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Images per second that one worker reads, decodes and makes SimCLR's two views of. */
record LoadingTest(int imageSize, Decoding decoding, double seconds) {

  private static final int BATCH = 16;
  private static final int WARM_UP_SHARE = 2;

  Map<String, Object> measure(Path images) {
    var data = Datasets.open("folder:" + images, DatasetSettings.DEFAULTS);
    var spec = Run.spec("small-cnn", Map.of(), imageSize, BATCH, 1 << 19, OptimizerConfig.DEFAULTS);
    var settings = new LoaderSettings(BATCH, 1, 1, true, decoding);
    var views = Run.simClr(spec).recipe().inputs();
    try (BatchStream batches = new BatchLoader(data.training(), views, settings).from(0)) {
      rate(batches, seconds / WARM_UP_SHARE);
      return rate(batches, seconds);
    }
  }

  private static Map<String, Object> rate(BatchStream batches, double seconds) {
    Duration before = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    long begin = System.nanoTime();
    long count = 0;
    while (System.nanoTime() - begin < seconds * 1e9) {
      batches.next();
      count += BATCH;
    }
    Duration after = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("imagesPerSecond", count * 1e9 / (System.nanoTime() - begin));
    figures.put("imagesPerCpuSecond", count * 1e9 / after.minus(before).toNanos());
    return figures;
  }
}
