package io.github.nolabel.data.source;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Tells classes apart that people would take for one. */
final class LookAlikes {

  private LookAlikes() {}

  /**
   * Says which names differ only in case, in blanks around them or in how Unicode composes their
   * letters: perhaps one class was copied from two systems.
   */
  static void tell(List<String> names, Consumer<String> notices) {
    names.stream()
        .collect(Collectors.groupingBy(LookAlikes::look, TreeMap::new, Collectors.toList()))
        .values()
        .stream()
        .filter(alike -> alike.size() > 1)
        .findFirst()
        .ifPresent(
            alike ->
                notices.accept(
                    "Some classes have names that look alike, such as %s; they stay different classes. If they are one, give their folders one name."
                        .formatted(
                            alike.stream()
                                .map(LookAlikes::spelt)
                                .collect(Collectors.joining(" and ")))));
  }

  private static String look(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFKC).strip().toLowerCase(Locale.ROOT);
  }

  /** With the number of characters, by which they can be told. */
  private static String spelt(String name) {
    return "'%s' (%d characters)".formatted(name, name.codePointCount(0, name.length()));
  }
}
