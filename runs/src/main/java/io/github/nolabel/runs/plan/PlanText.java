package io.github.nolabel.runs.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Assignments as text and back. */
public final class PlanText {

  private PlanText() {}

  /**
   * Reads YAML or JSON.
   *
   * @param origin to name in messages; may be empty
   * @throws io.github.nolabel.api.UserMistake if it is no mapping of names to values
   */
  public static List<Assignment> read(String text, String origin) {
    return ConfigFile.parse(text, origin.isEmpty() ? "the plan" : origin).assignments();
  }

  /** The values that count by full name, as YAML. */
  public static String yaml(List<Assignment> assignments) {
    Map<String, String> values = new LinkedHashMap<>();
    assignments.forEach(a -> values.put(a.name(), a.value()));
    try {
      return PlanMapper.YAML.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("texts by name are always YAML", e);
    }
  }

  /** {@code name=value}, a line each. */
  public static String lines(List<Assignment> assignments) {
    return assignments.stream()
        .map(a -> a.name() + "=" + a.value())
        .collect(Collectors.joining("\n"));
  }
}
