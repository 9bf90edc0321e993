package io.github.nolabel.data.source;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;

/**
 * What the top folders are for, by their names.
 *
 * @param train to learn from
 * @param test to be asked about; empty if there is none
 * @param unlabelled to learn from as well, whatever their sub-folders are called
 */
record TopFolders(String train, Optional<String> test, Set<String> unlabelled) {

  private static final List<String> TRAIN = List.of("train", "training");
  private static final List<String> TEST = List.of("test", "testing", "val", "valid", "validation");
  private static final List<String> UNLABELLED = List.of("unlabeled", "unlabelled", "extra");

  TopFolders {
    unlabelled = Set.copyOf(unlabelled);
  }

  /** Empty unless one is for training and another for something else: then they are classes. */
  static Optional<TopFolders> of(SortedSet<String> tops) {
    Optional<String> test = first(TEST, tops);
    Set<String> unlabelled = new HashSet<>(tops);
    unlabelled.removeIf(top -> !UNLABELLED.contains(lower(top)));
    return first(TRAIN, tops)
        .filter(train -> test.isPresent() || !unlabelled.isEmpty())
        .map(train -> new TopFolders(train, test, unlabelled));
  }

  boolean isLearnt(String top) {
    return top.equals(train) || unlabelled.contains(top);
  }

  boolean isAsked(String top) {
    return test.filter(top::equals).isPresent();
  }

  private static Optional<String> first(List<String> names, Collection<String> tops) {
    return names.stream()
        .flatMap(name -> tops.stream().filter(top -> lower(top).equals(name)))
        .findFirst();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
