package io.github.nolabel.loggers;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.file.Json;
import io.github.nolabel.runs.watch.RunStart;
import io.github.nolabel.runs.watch.RunWatcher;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** One run as a folder of plain files. */
final class CsvRun implements RunWatcher {

  private final Path folder;
  private final CsvTable history;

  CsvRun(Path folder) {
    this.folder = folder;
    this.history = new CsvTable(folder.resolve("history.csv"));
  }

  @Override
  public void onBegin(RunStart start) {
    OutputFiles.createFolder(folder);
    OutputFiles.LOCAL.write(folder.resolve("config.json"), Json.pretty(start.options()));
    history.keepThrough(start.step());
  }

  @Override
  public void onStep(StepReport report) {
    Map<String, Double> row = new LinkedHashMap<>();
    row.put(CsvTable.STEP, (double) report.step());
    row.putAll(StepFigures.of(report));
    history.add(row);
  }

  @Override
  public void onComplete(Map<String, Object> result) {
    OutputFiles.LOCAL.write(folder.resolve("summary.json"), Json.pretty(result));
  }
}
