package io.github.nolabel.runs.plan;

import io.github.nolabel.api.option.Option;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.DeviceSettings.Device;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.load.Decoding;
import java.nio.file.Path;
import java.util.Optional;

/** Options of a run as a whole, whatever the method; all of them have a flag. */
public record RunConfig(
    @Option("How to learn; see the list of methods") String method,
    @Option("Recipe of the method: small, cifar, imagenet, or none for the paper's options")
        String preset,
    @Option("Where the images come from, as KIND:PATH") String data,
    @Option("Network to train") String backbone,
    @Option(value = "Passes over the data", min = 1, max = 1e6) int epochs,
    @Option(value = "Images per batch", min = 2, max = 1 << 20) int batchSize,
    @Option(value = "Width and height of the views in pixels", min = 8, max = 4096) int imageSize,
    @Option("Everything random follows from it") long seed,
    @Option(value = "Learn from only so many images; 0 takes all", min = 0, max = 1e12) long limit,
    @Option("End at the first broken image instead of skipping it") boolean strict,
    @Option("Where to compute; auto takes CUDA where it works") Device device,
    @Option(value = "CPU threads of one operator; 0 takes all cores", min = 0, max = 1024)
        int threads,
    @Option(value = "Threads that load images; 0 takes all cores", min = 0, max = 256) int workers,
    @Option("Folder of a run whose weights a fresh run starts with, or none") String initFrom,
    @Option(
            "How JPEG files are decoded: whole, or scaled to the least of 1/1, 1/2, 1/4 and 1/8 that has a pixel for each of every view, which is faster and changes values a little")
        Decoding decode) {

  /** No recipe but the method's own defaults. */
  static final String NO_PRESET = "none";

  /** No other run's weights. */
  static final String NO_RUN = "none";

  public RunConfig {
    RecordOptions.check(
        RunConfig.class,
        method,
        preset,
        data,
        backbone,
        epochs,
        batchSize,
        imageSize,
        seed,
        limit,
        strict,
        device,
        threads,
        workers,
        initFrom,
        decode);
  }

  /** The folder of the run whose weights a fresh run starts with; empty for its own. */
  public Optional<Path> startsFrom() {
    return initFrom.equals(NO_RUN) ? Optional.empty() : Optional.of(Path.of(initFrom));
  }

  public DeviceSettings deviceSettings() {
    return new DeviceSettings(device, threads);
  }

  public DatasetSettings datasetSettings() {
    return DatasetSettings.DEFAULTS.withLimit(limit).withSeed(seed).withStrict(strict);
  }

  /** Loader threads, at least one. */
  public int loaderThreads() {
    return workers > 0 ? workers : Math.min(256, Runtime.getRuntime().availableProcessors());
  }
}
