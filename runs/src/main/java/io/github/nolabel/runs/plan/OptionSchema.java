package io.github.nolabel.runs.plan;

import io.github.nolabel.api.option.OpenChoice;
import io.github.nolabel.api.option.OptionInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One option as JSON Schema: its type, range or choices, default and description. */
record OptionSchema(OptionInfo option, Object value) {

  /**
   * @param withDefault whether the value is what holds where nobody says anything
   */
  Map<String, Object> json(boolean withDefault) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("description", option.summary());
    switch (option.type()) {
      case "integer", "number" -> {
        json.put("type", option.type());
        bounds(json);
      }
      case "boolean" -> json.put("type", "boolean");
      case "choice" -> choices(json);
      default -> json.put("type", "string");
    }
    if (withDefault) {
      json.put("default", PlanYaml.plain(value));
    }
    return json;
  }

  /** The range is written {@code [least, most]}; an end may be infinite. */
  private void bounds(Map<String, Object> json) {
    if (!option.range().isEmpty()) {
      String[] ends = option.range().substring(1, option.range().length() - 1).split(", ", 2);
      bound(json, "minimum", ends[0]);
      bound(json, "maximum", ends[1]);
    }
  }

  private static void bound(Map<String, Object> json, String name, String end) {
    if (!end.endsWith("inf")) {
      double bound = Double.parseDouble(end);
      boolean whole = bound == Math.rint(bound) && Math.abs(bound) < 1e15;
      json.put(name, whole ? (Object) (long) bound : (Object) bound);
    }
  }

  /** Plug-ins add to an open choice: what the library has is suggested, not demanded. */
  private void choices(Map<String, Object> json) {
    List<String> names = List.of(option.range().split(" \\| ", -1));
    if (value instanceof OpenChoice) {
      List<Object> any = new ArrayList<>(List.of(Map.of("enum", names)));
      any.add(Map.of("type", "string"));
      json.put("anyOf", any);
    } else {
      json.put("enum", names);
    }
  }
}
