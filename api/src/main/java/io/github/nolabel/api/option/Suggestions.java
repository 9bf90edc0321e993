package io.github.nolabel.api.option;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Near-miss names: what somebody probably meant. */
public final class Suggestions {

  private Suggestions() {}

  /**
   * The closest of {@code candidates}, unless even that one shares too little with {@code name}.
   */
  public static Optional<String> closest(String name, Collection<String> candidates) {
    String wanted = fold(name);
    return candidates.stream()
        .filter(candidate -> distance(fold(candidate), wanted) <= Math.max(2, wanted.length() / 3))
        .min(
            Comparator.comparingInt((String candidate) -> distance(fold(candidate), wanted))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** {@code " Did you mean 'x'?"}, or nothing. */
  public static String didYouMean(String name, Collection<String> candidates) {
    return closest(name, candidates).map(" Did you mean '%s'?"::formatted).orElse("");
  }

  /** Lower case without dashes, underscores and dots, so that spelling habits do not matter. */
  public static String fold(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[-_. ]", "");
  }

  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    Arrays.setAll(row, j -> j);
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int above = row[j];
        int substitute = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        row[j] = Math.min(substitute, 1 + Math.min(above, row[j - 1]));
        diagonal = above;
      }
    }
    return row[b.length()];
  }
}
