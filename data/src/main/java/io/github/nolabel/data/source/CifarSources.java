package io.github.nolabel.data.source;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which files the CIFAR readers look at. */
final class CifarSources {

  private static final Set<String> PYTHON_VERSION = Set.of("data_batch_1", "train");

  private CifarSources() {}

  static Predicate<String> names(CifarFormat format) {
    Set<String> names = new TreeSet<>(format.train());
    names.add(format.test());
    names.add(format.namesFile());
    names.addAll(PYTHON_VERSION);
    return names::contains;
  }
}
