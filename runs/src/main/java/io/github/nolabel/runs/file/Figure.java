package io.github.nolabel.runs.file;

import java.util.Locale;

/** A number as people read it. */
public final class Figure {

  private Figure() {}

  /**
   * The number in its format; a dash of the same width where there is none, because nothing was
   * asked or nothing answered.
   *
   * @param format for one number, such as {@code %6.2f}
   */
  public static String of(String format, double value) {
    String shown = String.format(Locale.ROOT, format, Double.isFinite(value) ? value : 0);
    return Double.isFinite(value) ? shown : " ".repeat(Math.max(0, shown.length() - 1)) + "-";
  }

  /** A share of one in percent, without the sign. */
  public static String percent(String format, double share) {
    return of(format, 100 * share);
  }
}
