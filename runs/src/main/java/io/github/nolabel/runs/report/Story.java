package io.github.nolabel.runs.report;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.runs.engine.RunDirectory;
import io.github.nolabel.runs.engine.RunFile;
import io.github.nolabel.runs.engine.RunResult;
import io.github.nolabel.runs.engine.Status;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * What the files of a run tell, without its data.
 *
 * @param result empty until the run is complete
 * @param points steps in order; none if nothing was trained, or the file is lost
 */
record Story(
    RunDirectory folder, RunFile file, Optional<RunResult> result, List<MetricPoint> points) {

  /** A number of a step. */
  record Point(double step, double value) {}

  /**
   * @throws UserMistake if the folder is none of a run, or its record is damaged
   */
  static Story read(Path root) {
    RunDirectory folder = new RunDirectory(root);
    folder.requireRun();
    RunFile file = RunFile.read(folder.record());
    boolean complete = file.status() == Status.COMPLETE && folder.holdsResult();
    return new Story(
        folder,
        file,
        complete ? Optional.of(RunResult.read(folder)) : Optional.empty(),
        points(folder.metrics()));
  }

  private static List<MetricPoint> points(Path metrics) {
    try {
      return MetricPoint.read(metrics);
    } catch (UncheckedIOException e) {
      throw new UserMistake("%s cannot be read: %s.".formatted(metrics, e.getMessage()), e);
    }
  }

  /** The name of its folder. */
  String name() {
    return String.valueOf(folder.root().toAbsolutePath().normalize().getFileName());
  }

  String method() {
    return file.record().method();
  }

  /** An option as text, such as {@code run.batchSize}; empty if the run has none of that name. */
  Optional<String> option(String group, String name) {
    return file.record().options().get(group) instanceof Map<?, ?> options
        ? Optional.ofNullable(options.get(name)).map(String::valueOf)
        : Optional.empty();
  }

  /** An option that is a number; NaN if the run has none of that name. */
  double number(String group, String name) {
    try {
      return option(group, name).map(Double::valueOf).orElse(Double.NaN);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  /** How a number went, in the steps that have it. */
  List<Point> series(String name) {
    List<Point> series = new ArrayList<>();
    for (MetricPoint point : points) {
      Double value = point.numbers().get(name);
      if (value != null) {
        series.add(new Point(point.step(), value));
      }
    }
    return series;
  }

  OptionalDouble last(String name) {
    List<Point> series = series(name);
    return series.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(series.get(series.size() - 1).value());
  }

  /** All numbers that steps have, in the order in which they appear. */
  Set<String> numbers() {
    Set<String> names = new LinkedHashSet<>();
    points.forEach(point -> names.addAll(point.numbers().keySet()));
    return names;
  }
}
