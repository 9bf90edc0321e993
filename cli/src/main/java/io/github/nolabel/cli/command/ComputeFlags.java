package io.github.nolabel.cli.command;

import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.runs.plan.Defaults;
import io.github.nolabel.runs.plan.RunConfig;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say which images, and where to compute. */
final class ComputeFlags {

  @Option(
      names = "--data",
      paramLabel = "KIND:PATH",
      description = "Images, such as folder:photos; those of the run unless said otherwise.")
  private @Nullable String data;

  @Option(names = "--device", paramLabel = "NAME", description = "auto, cpu or cuda.")
  private @Nullable String device;

  @Option(names = "--threads", paramLabel = "N", description = "CPU threads of one operator.")
  private @Nullable String threads;

  @Option(names = "--strict", description = "End at the first broken image.")
  private boolean strict;

  /** What was given, over {@code known}. */
  RunConfig over(RunConfig known) {
    Map<String, String> given = new LinkedHashMap<>();
    put(given, "data", data);
    put(given, "device", device);
    put(given, "threads", threads);
    put(given, "strict", strict ? "true" : null);
    return RecordOptions.override(known, given);
  }

  /** What was given, over the program's defaults and these images. */
  RunConfig overDefaults(@Nullable String images) {
    Map<String, String> known = new LinkedHashMap<>();
    put(known, "data", images);
    return over(RecordOptions.override(Defaults.STANDARD.run(), known));
  }

  private static void put(Map<String, String> values, String name, @Nullable String value) {
    if (value != null) {
      values.put(name, value);
    }
  }
}
