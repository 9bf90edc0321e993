package io.github.nolabel.loggers;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.file.OutputFiles;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Numbers in a CSV file, a row a step. A column that comes later, such as an accuracy that is asked
 * for every few epochs, is added to the head, and the file is written anew.
 */
final class CsvTable {

  /** The first column. */
  static final String STEP = "step";

  private final Path file;
  private final List<String> columns = new ArrayList<>();

  CsvTable(Path file) {
    this.file = file;
  }

  /** Goes on with what is there up to a step; later rows are cut off. */
  void keepThrough(long step) {
    columns.clear();
    List<String> lines = lines();
    if (step > 0 && !lines.isEmpty()) {
      columns.addAll(List.of(lines.get(0).split(",", -1)));
      lines.removeIf(line -> !line.equals(lines.get(0)) && stepOf(line) > step);
      rewrite(lines);
    }
  }

  private static double stepOf(String line) {
    try {
      return Double.parseDouble(line.split(",", 2)[0]);
    } catch (NumberFormatException cutShort) {
      return Double.MAX_VALUE;
    }
  }

  /** Adds a row; what it lacks stays empty. */
  void add(Map<String, Double> row) {
    List<String> further = row.keySet().stream().filter(name -> !columns.contains(name)).toList();
    if (!further.isEmpty()) {
      widen(further);
    }
    String line =
        columns.stream()
            .map(name -> row.containsKey(name) ? text(row.getOrDefault(name, 0.0)) : "")
            .collect(Collectors.joining(",", "", "\n"));
    // Not by a channel, which an interruption of the thread would close.
    try (OutputStream out = new FileOutputStream(file.toFile(), true)) {
      out.write(line.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void widen(List<String> further) {
    List<String> rows = columns.isEmpty() ? List.of() : lines();
    columns.addAll(further);
    String empty = ",".repeat(further.size());
    List<String> all = new ArrayList<>(List.of(String.join(",", columns)));
    rows.stream().skip(1).forEach(row -> all.add(row + empty));
    rewrite(all);
  }

  private List<String> lines() {
    try {
      return Files.exists(file) ? new ArrayList<>(Files.readAllLines(file)) : new ArrayList<>();
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void rewrite(List<String> lines) {
    OutputFiles.LOCAL.write(
        file, lines.stream().map(line -> line + "\n").collect(Collectors.joining()));
  }

  private static String text(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private NolabelException unwritable(IOException e) {
    return new NolabelException("%s cannot be written: %s.".formatted(file, e.getMessage()), e);
  }
}
