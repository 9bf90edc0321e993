package io.github.nolabel.cli.command;

import io.github.nolabel.api.option.OptionInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Columns of text, and the same as maps for JSON. */
final class Listing {

  private Listing() {}

  /** Rows with every column but the last padded to its widest cell. */
  static List<String> aligned(List<List<String>> rows) {
    int columns = rows.isEmpty() ? 0 : rows.get(0).size();
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < columns; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  static List<List<String>> rows(List<OptionInfo> options) {
    return options.stream()
        .map(
            o ->
                List.of(
                    o.name(), o.type(), o.defaultValue(), o.range(), o.summary() + alsoKnownAs(o)))
        .toList();
  }

  static List<Map<String, Object>> described(List<OptionInfo> options) {
    List<Map<String, Object>> described = new ArrayList<>();
    for (OptionInfo option : options) {
      Map<String, Object> object = new LinkedHashMap<>();
      object.put("name", option.name());
      object.put("type", option.type());
      object.put("default", option.defaultValue());
      object.put("range", option.range());
      object.put("summary", option.summary());
      object.put("aliases", option.aliases());
      described.add(object);
    }
    return described;
  }

  private static String alsoKnownAs(OptionInfo option) {
    return option.aliases().isEmpty()
        ? ""
        : " (also %s)".formatted(String.join(", ", option.aliases()));
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
