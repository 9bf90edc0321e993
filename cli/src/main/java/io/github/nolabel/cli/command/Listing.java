package io.github.nolabel.cli.command;

import io.github.nolabel.api.option.OptionInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Options in rows, and the same as maps for JSON. */
final class Listing {

  private Listing() {}

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
}
