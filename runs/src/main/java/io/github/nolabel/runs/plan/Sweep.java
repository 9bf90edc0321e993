package io.github.nolabel.runs.plan;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Options of which several values are tried, each with each.
 *
 * @param axes values by option, as somebody typed them
 */
public record Sweep(Map<String, List<String>> axes) {

  public Sweep {
    axes = Collections.unmodifiableMap(new LinkedHashMap<>(axes));
  }

  /**
   * Reads {@code NAME=VALUE,VALUE}, an option each.
   *
   * @throws UserMistake if one is written in another way, or an option or a value is there twice
   */
  public static Sweep parse(List<String> words) {
    Map<String, List<String>> axes = new LinkedHashMap<>();
    TreeSet<String> names = new TreeSet<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      List<String> values =
          Stream.of(word.substring(equals + 1).split(",", -1)).map(String::strip).toList();
      if (equals <= 0 || values.contains("")) {
        throw new UserMistake(
            "A sweep is written NAME=VALUE,VALUE such as seed=1,2,3, got '%s'.".formatted(word));
      }
      String name = word.substring(0, equals).strip();
      Require.that(
          names.add(Suggestions.fold(name)),
          "The sweep has the option '%s' twice.".formatted(name));
      Require.that(
          values.stream().distinct().count() == values.size(),
          "The sweep has a value of '%s' twice: %s.".formatted(name, word.substring(equals + 1)));
      axes.put(name, values);
    }
    return new Sweep(axes);
  }

  /** Each value of each option with each of the others; the last option changes fastest. */
  public List<Combination> combinations() {
    List<Map<String, String>> all = List.of(Map.of());
    for (Map.Entry<String, List<String>> axis : axes.entrySet()) {
      List<Map<String, String>> longer = new ArrayList<>();
      for (Map<String, String> begun : all) {
        for (String value : axis.getValue()) {
          Map<String, String> further = new LinkedHashMap<>(begun);
          further.put(axis.getKey(), value);
          longer.add(further);
        }
      }
      all = longer;
    }
    return named(all);
  }

  /** Values that differ only in what no folder's name may have are told apart by a number. */
  private static List<Combination> named(List<Map<String, String>> all) {
    TreeSet<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    List<Combination> named = new ArrayList<>();
    for (Map<String, String> values : all) {
      String plain = folder(values);
      String folder = plain;
      for (int i = 2; !taken.add(folder); i++) {
        folder = plain + "_" + i;
      }
      named.add(new Combination(folder, values));
    }
    return named;
  }

  private static String folder(Map<String, String> values) {
    List<String> parts = new ArrayList<>();
    values.forEach((name, value) -> parts.add(safe(name) + "-" + safe(value)));
    return String.join("_", parts);
  }

  private static String safe(String text) {
    return text.replaceAll("[^A-Za-z0-9.+-]+", "-");
  }

  /**
   * One value of every option.
   *
   * @param folder what its run's folder is called
   */
  public record Combination(String folder, Map<String, String> values) {

    public Combination {
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** The values as a layer that wins over all others. */
    public List<Assignment> assignments() {
      return values.entrySet().stream()
          .map(value -> new Assignment(value.getKey(), value.getValue(), ""))
          .toList();
    }
  }
}
