package io.github.nolabel.data.source;

/** Counts what is left out and remembers the first of it. Not thread-safe. */
final class Tally {

  private int count;
  private String first = "";

  void add(String example) {
    if (count++ == 0) {
      first = example;
    }
  }

  int count() {
    return count;
  }

  /** Empty if nothing was counted. */
  String first() {
    return first;
  }
}
