package io.github.nolabel.runs.report;

import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.file.Figure;
import io.github.nolabel.runs.plan.Sweep;
import io.github.nolabel.runs.protocol.Columns;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** What came out of the runs of a sweep, a line each. */
public record SweepTable(Sweep sweep, List<Row> rows) {

  /** The status of a run that somebody ended. */
  public static final String STOPPED = "stopped";

  private static final double NOTHING = Double.NaN;

  public SweepTable {
    rows = List.copyOf(rows);
  }

  /**
   * One run.
   *
   * @param status such as {@code complete}, {@code stopped} or {@code failed}
   * @param result of a complete run
   * @param problem why it failed, in a sentence
   */
  public record Row(
      Sweep.Combination combination,
      Path folder,
      String status,
      Optional<RunResult> result,
      Optional<String> problem) {

    Map<String, Object> json() {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("options", combination.values());
      json.put("folder", combination.folder());
      json.put("status", status);
      problem.ifPresent(why -> json.put("problem", why));
      result.ifPresent(found -> json.put("result", found.toJson()));
      return json;
    }
  }

  /** The table under its head, in aligned columns; figures that no run has are left out. */
  public List<String> lines() {
    List<String> head = new ArrayList<>(sweep.axes().keySet());
    head.addAll(List.of("status", "final loss", "untrained %", "trained %", "R@1 %", "images/s"));
    List<List<String>> cells = new ArrayList<>(List.of(head));
    rows.forEach(row -> cells.add(cells(row)));
    List<Integer> shown =
        IntStream.range(0, head.size())
            .filter(column -> cells.stream().skip(1).anyMatch(r -> !r.get(column).equals("-")))
            .boxed()
            .toList();
    return Columns.aligned(
        cells.stream().map(row -> shown.stream().map(row::get).toList()).toList());
  }

  private static List<String> cells(Row row) {
    List<String> cells = new ArrayList<>(row.combination().values().values());
    cells.add(row.status());
    Map<String, Object> found = row.result().map(RunResult::toJson).orElse(Map.of());
    cells.add(Figure.of("%.4f", number(found, "finalLoss")));
    cells.add(Figure.percent("%.1f", number(found, "untrainedKnnAccuracy")));
    cells.add(Figure.percent("%.1f", number(found, "trainedKnnAccuracy")));
    cells.add(Figure.percent("%.1f", row.result().map(SweepTable::recall).orElse(NOTHING)));
    cells.add(Figure.of("%.0f", number(found, "imagesPerSecond")));
    return cells.stream().map(String::strip).toList();
  }

  private static double number(Map<String, Object> found, String name) {
    return found.get(name) instanceof Number number ? number.doubleValue() : NOTHING;
  }

  /** Of texts for images. */
  private static double recall(RunResult result) {
    return result.retrieval().getOrDefault("imageToText.recallAt1", NOTHING);
  }

  /** Folders of the runs that have a result. */
  public List<Path> complete() {
    return rows.stream().filter(row -> row.result().isPresent()).map(Row::folder).toList();
  }

  /** What failed and why, a sentence or two per run. */
  public List<String> problems() {
    return rows.stream()
        .flatMap(row -> row.problem().map(why -> row.combination().folder() + ": " + why).stream())
        .toList();
  }

  /** Whether somebody ended it before its last run. */
  public boolean isStopped() {
    return rows.stream().anyMatch(row -> row.status().equals(STOPPED));
  }

  /** The same for programs: every run with its options, status and result. */
  public Map<String, Object> toJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("sweep", sweep.axes());
    json.put("runs", rows.stream().map(Row::json).toList());
    return json;
  }
}
