package io.github.nolabel.benchmarks;

/**
 * What one check found.
 *
 * @param detail figures, with the tolerance they were held against
 */
record Check(String name, boolean passed, String detail, double seconds) {

  /** Something to look at, not yet timed. */
  static Check of(String name, boolean passed, String detail) {
    return new Check(name, passed, detail, 0);
  }

  Check in(double measured) {
    return new Check(name, passed, detail, measured);
  }
}
