package io.github.nolabel.loggers;

import io.github.nolabel.runs.watch.RunLog;
import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Path;

/**
 * {@code csv=FOLDER}: a folder per run with {@code history.csv}, {@code config.json} and {@code
 * summary.json}, which any tool reads and a few lines of Python upload to Weights &amp; Biases.
 */
public final class CsvLog implements RunLog {

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String usage() {
    return "csv=FOLDER";
  }

  @Override
  public String summary() {
    return "A table of every step, the options and the result, to upload to Weights & Biases";
  }

  @Override
  public RunWatcher open(String address, Path run) {
    return new CsvRun(
        Path.of(address).resolve(run.toAbsolutePath().normalize().getFileName().toString()));
  }
}
