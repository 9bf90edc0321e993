package io.github.nolabel.cli;

/** What the process tells its caller. */
final class ExitCodes {

  static final int OK = 0;

  /** A defect of the program, a finding of {@code doctor}, or a run of a sweep that failed. */
  static final int DEFECT = 1;

  /** The request cannot be carried out. */
  static final int MISTAKE = 2;

  static final int DIVERGED = 3;

  /** With {@code --fail-on-collapse}. */
  static final int COLLAPSED = 4;

  /** As a shell reports a process that Ctrl-C ended. */
  static final int INTERRUPTED = 130;

  private ExitCodes() {}
}
