package io.github.nolabel.runs.protocol;

import io.github.nolabel.runs.engine.Subject;
import io.github.nolabel.runs.file.Json;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a protocol found.
 *
 * @param trained the network that the headline is about
 * @param facts what belongs to the question, such as the number of images; for JSON
 * @param figures by network, the trained one first: numbers, or maps of them, by name; for JSON
 * @param lines for people
 * @param history what happened on the way, such as an object per epoch; for JSON, mostly empty
 */
public record Report(
    Subject trained,
    Map<String, Object> facts,
    Map<String, Map<String, Object>> figures,
    List<String> lines,
    List<Map<String, Object>> history) {

  public Report {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
    lines = List.copyOf(lines);
    history = List.copyOf(history);
  }

  /** Of numbers by network; those that are not finite become null. */
  public static Report of(
      Subject trained,
      Map<String, Object> facts,
      Map<String, Map<String, Double>> numbers,
      List<String> lines) {
    Map<String, Map<String, Object>> figures = new LinkedHashMap<>();
    numbers.forEach((network, found) -> figures.put(network, Json.finite(found)));
    return new Report(trained, facts, figures, lines, List.of());
  }

  /** Facts, then {@code results} of the trained network and {@code untrained} of the other. */
  public Map<String, Object> described() {
    Map<String, Object> described = new LinkedHashMap<>(facts);
    figures.forEach(
        (network, found) ->
            described.put(network.equals(Subject.TRAINED) ? "results" : network, found));
    return described;
  }

  /**
   * One number, NaN if it came out as none.
   *
   * @param network such as {@link Subject#TRAINED}
   * @param names of the figure; several lead into a map of them
   * @throws IllegalArgumentException if there is none by that name
   */
  public double figure(String network, String... names) {
    Object value = figures.get(network);
    for (String name : names) {
      if (!(value instanceof Map<?, ?> inner) || !inner.containsKey(name)) {
        throw new IllegalArgumentException(
            "No figure %s of '%s' among %s".formatted(List.of(names), network, figures));
      }
      value = inner.get(name);
    }
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
