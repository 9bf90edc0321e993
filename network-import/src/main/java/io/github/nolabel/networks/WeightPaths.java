package io.github.nolabel.networks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Initializer names as parameter paths: {@code layer1.0.conv1.weight} to {@code layer1/0/...}. */
final class WeightPaths {

  private WeightPaths() {}

  /** Unique paths in the same order, without the folders that all of them share. */
  static List<String> of(List<String> names) {
    List<List<String>> paths = names.stream().map(WeightPaths::segments).toList();
    int shared = shared(paths);
    Set<String> taken = new HashSet<>();
    List<String> result = new ArrayList<>();
    for (List<String> path : paths) {
      String plain = String.join("/", path.subList(shared, path.size()));
      String unique = plain;
      for (int serial = 2; !taken.add(unique); serial++) {
        unique = plain + "_" + serial;
      }
      result.add(unique);
    }
    return result;
  }

  private static List<String> segments(String name) {
    String plain = name.replaceAll("[^A-Za-z0-9_./-]+", "_");
    List<String> segments =
        Arrays.stream(plain.split("[./]+")).filter(segment -> !segment.isEmpty()).toList();
    return segments.isEmpty() ? List.of("weight") : segments;
  }

  private static int shared(List<List<String>> paths) {
    int shared = 0;
    while (sharesFolder(paths, shared)) {
      shared++;
    }
    return shared;
  }

  private static boolean sharesFolder(List<List<String>> paths, int depth) {
    return paths.size() > 1
        && paths.stream().allMatch(path -> path.size() > depth + 1)
        && paths.stream().map(path -> path.get(depth)).distinct().count() == 1;
  }
}
