package io.github.nolabel.site;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The rows about a method in the tables of {@code benchmarks/README.md}, with their headings. */
final class Measured {

  private static final String FILE = "benchmarks/README.md";
  private static final Set<String> ANCHORS = Set.of("untrained", "raw pixels");

  private Measured() {}

  static String of(String method) {
    StringBuilder all = new StringBuilder();
    String heading = "";
    String before = "";
    for (String block : Repository.read(FILE).split("\n\n", -1)) {
      if (block.startsWith("|")) {
        all.append(excerpt(method, heading, before, block.lines().toList()));
      }
      heading = block.startsWith("## ") ? block.substring(3) : heading;
      before = block.startsWith("## ") ? "" : block;
    }
    return all.toString();
  }

  /** The words or the command right above a table belong to it. */
  private static String excerpt(String method, String heading, String before, List<String> table) {
    List<String> rows = rows(method, heading, table);
    return rows.isEmpty()
        ? ""
        : "From [%s](../../%s#%s):\n\n%s\n\n%s\n%s\n%s\n\n"
            .formatted(
                heading,
                FILE,
                heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9- ]", "").replace(' ', '-'),
                before.replaceAll("\\[([^\\]]+)]\\([^)]*\\)", "$1"),
                table.get(0),
                table.get(1),
                String.join("\n", rows));
  }

  /** The method's own rows and what they are to be held against; all if the table is about it. */
  private static List<String> rows(String method, String heading, List<String> table) {
    List<String> rows = table.subList(2, table.size());
    boolean elsewhere = heading.equals("Distillation") && !method.equals("distil");
    boolean own = rows.stream().anyMatch(row -> isAbout(method, row));
    if (isAbout(method, table.get(0)) || (heading.equals("Distillation") && own && !elsewhere)) {
      return rows;
    }
    return own && !elsewhere
        ? rows.stream().filter(row -> isAbout(method, row) || ANCHORS.contains(first(row))).toList()
        : List.of();
  }

  private static boolean isAbout(String method, String row) {
    return first(row).contains("`" + method + "`") || first(row).contains("`" + method + " ");
  }

  private static String first(String row) {
    return row.split("\\|", -1)[1].strip();
  }
}
