package io.github.nolabel.data;

import io.github.nolabel.data.view.CounterRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Seeded choices that keep the classes' shares. */
public final class Stratified {

  private Stratified() {}

  /**
   * Chooses about {@code share} of every class: the nearest whole number, at least one where a
   * class has two or more.
   *
   * @param labels one class per item
   * @return indices in ascending order
   */
  public static int[] share(int[] labels, double share, long seed) {
    List<Integer> chosen = new ArrayList<>();
    shuffledByClass(labels, seed)
        .forEach(
            (label, members) -> {
              int least = members.length > 1 ? 1 : 0;
              int count = Math.max(least, (int) Math.rint(share * members.length));
              Arrays.stream(members, 0, count).forEach(chosen::add);
            });
    return chosen.stream().mapToInt(Integer::intValue).sorted().toArray();
  }

  /**
   * Chooses at most {@code limit} items, taking turns among the classes in proportion to their
   * size.
   *
   * @return indices in ascending order
   */
  public static int[] atMost(int[] labels, int limit, long seed) {
    if (labels.length <= limit) {
      return IntStream.range(0, labels.length).toArray();
    }
    List<double[]> ranked = new ArrayList<>();
    shuffledByClass(labels, seed)
        .forEach(
            (label, members) -> {
              for (int i = 0; i < members.length; i++) {
                ranked.add(new double[] {(i + 0.5) / members.length, members[i]});
              }
            });
    ranked.sort((a, b) -> Double.compare(a[0], b[0]));
    return ranked.stream().limit(limit).mapToInt(entry -> (int) entry[1]).sorted().toArray();
  }

  private static Map<Integer, int[]> shuffledByClass(int[] labels, long seed) {
    Map<Integer, int[]> members = new TreeMap<>();
    Arrays.stream(labels)
        .distinct()
        .forEach(
            label -> {
              int[] indices =
                  IntStream.range(0, labels.length).filter(i -> labels[i] == label).toArray();
              new CounterRandom().restart(seed, 0, label, 0).shuffle(indices);
              members.put(label, indices);
            });
    return members;
  }
}
