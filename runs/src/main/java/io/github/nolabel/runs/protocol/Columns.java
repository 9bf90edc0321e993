package io.github.nolabel.runs.protocol;

import java.util.Arrays;
import java.util.List;

/** Texts in columns. */
public final class Columns {

  private Columns() {}

  /** Rows with every column but the last padded to its widest cell. */
  public static List<String> aligned(List<List<String>> rows) {
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder(" ");
    for (int i = 0; i < widths.length; i++) {
      char[] padding = new char[Math.max(0, widths[i] - row.get(i).length())];
      Arrays.fill(padding, ' ');
      line.append(' ').append(row.get(i)).append(padding).append(' ');
    }
    return line.toString().stripTrailing();
  }
}
