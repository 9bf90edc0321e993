package io.github.nolabel.runs.report;

import io.github.nolabel.api.provenance.RunRecord;
import io.github.nolabel.runs.file.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Every option, the data and the machine: enough to run it again. */
final class ConfigurationSection {

  private ConfigurationSection() {}

  static String of(Story story) {
    RunRecord record = story.file().record();
    String options =
        record.options().entrySet().stream()
            .filter(group -> group.getValue() instanceof Map)
            .map(group -> table(group.getKey(), (Map<?, ?>) group.getValue()))
            .collect(Collectors.joining());
    return Html.section(
        "configuration",
        "Configuration",
        notes(record)
            + "<div class=\"tables\">\n"
            + options
            + table("data", record.data())
            + table("versions", record.versions())
            + table("host", record.host())
            + table("provenance", provenance(story))
            + "</div>\n");
  }

  private static String notes(RunRecord record) {
    return record.notes().stream().map(Html::note).collect(Collectors.joining());
  }

  private static String table(String group, Map<?, ?> values) {
    List<List<String>> rows = new ArrayList<>();
    values.forEach((name, value) -> rows.add(List.of(name.toString(), shown(value))));
    return rows.isEmpty() ? "" : Html.table(List.of(group, ""), rows);
  }

  private static String shown(Object value) {
    return value instanceof Map ? Json.compact(value) : String.valueOf(value);
  }

  private static Map<String, String> provenance(Story story) {
    RunRecord record = story.file().record();
    Map<String, String> provenance = new LinkedHashMap<>();
    provenance.put("folder", story.folder().root().toAbsolutePath().normalize().toString());
    provenance.put("startedAt", record.startedAt());
    provenance.put("device", record.device());
    provenance.put("gitRevision", record.gitRevision());
    provenance.put("program", record.program());
    return provenance;
  }
}
