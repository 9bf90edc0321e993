package io.github.nolabel.site;

import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.ScheduleConfig;
import io.github.nolabel.fragment.backbone.ResNetConfig;
import io.github.nolabel.method.MethodProvider;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** A method's options and recipes as tables. */
final class MethodTables {

  private MethodTables() {}

  static String options(MethodProvider<?> method) {
    StringBuilder table = new StringBuilder("| Option | Default | Range | What it is |\n");
    table.append("| --- | --- | --- | --- |\n");
    RecordOptions.options(method.defaults()).forEach(option -> table.append(row(option)));
    return table.toString();
  }

  private static String row(OptionInfo option) {
    String also =
        option.aliases().isEmpty()
            ? ""
            : option.aliases().stream()
                .map(alias -> "`" + alias + "`")
                .collect(Collectors.joining(", ", "; also ", ""));
    return "| `%s` | %s | %s | %s%s |\n"
        .formatted(
            option.name(),
            option.defaultValue(),
            option.range().replace("|", "\\|"),
            option.summary().replace("|", "\\|"),
            also);
  }

  /** What the presets change, with the sources that they name; or what suits the method. */
  static String recipes(MethodProvider<?> method) {
    Map<String, Map<String, String>> columns = new LinkedHashMap<>();
    if (!method.runDefaults().isEmpty()) {
      columns.put("without a preset", method.runDefaults());
    }
    columns.putAll(method.presets());
    Set<String> names = new LinkedHashSet<>();
    columns.values().forEach(column -> names.addAll(column.keySet()));
    StringBuilder table = new StringBuilder("| Option | Default |");
    columns.keySet().forEach(name -> table.append(' ').append(heading(name)).append(" |"));
    table.append("\n| --- |").append(" --- |".repeat(columns.size() + 1)).append('\n');
    Map<String, String> defaults = defaults(method);
    for (String name : names) {
      table.append("| `%s` | %s |".formatted(name, defaults.getOrDefault(name, "")));
      columns.values().forEach(column -> table.append(cell(column.get(name))));
      table.append('\n');
    }
    return table + sources(method);
  }

  private static String heading(String preset) {
    return preset.contains(" ") ? preset : "`--preset " + preset + "`";
  }

  private static String cell(@org.jspecify.annotations.Nullable String value) {
    return value == null ? "  |" : " " + value + " |";
  }

  private static Map<String, String> defaults(MethodProvider<?> method) {
    Map<String, String> all = new LinkedHashMap<>();
    add(all, "", method.defaults());
    add(all, "optimizer.", OptimizerConfig.DEFAULTS);
    add(all, "schedule.", ScheduleConfig.DEFAULTS);
    add(all, "backbone.", ResNetConfig.DEFAULTS);
    return all;
  }

  private static void add(Map<String, String> all, String prefix, Record options) {
    RecordOptions.options(options)
        .forEach(option -> all.put(prefix + option.name(), option.defaultValue()));
  }

  /** The first comments of the presets' files. */
  private static String sources(MethodProvider<?> method) {
    List<String> lines =
        method.presets().keySet().stream()
            .map(preset -> "* `" + preset + "`: " + source(method, preset))
            .toList();
    return lines.isEmpty() ? "" : "\nWhere they come from:\n\n" + String.join("\n", lines);
  }

  private static String source(MethodProvider<?> method, String preset) {
    String file = method.name() + "-" + preset + ".properties";
    try (InputStream in = Objects.requireNonNull(method.home().getResourceAsStream(file), file)) {
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .takeWhile(line -> line.startsWith("#"))
          .map(line -> line.substring(1).strip())
          .collect(Collectors.joining(" "));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
