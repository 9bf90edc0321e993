package io.github.nolabel.runs.report;

import java.util.ArrayList;
import java.util.List;

/**
 * An axis from {@code low} to {@code high} with marks at round numbers.
 *
 * @param marks within the axis, in ascending order
 */
record Ticks(double low, double high, List<Double> marks) {

  /** Spans at least these numbers; {@code about} marks, 1, 2 or 5 times a power of ten apart. */
  static Ticks over(double least, double most, int about) {
    double span = most > least ? most - least : Math.max(1e-9, Math.abs(most) * 0.1);
    double low = most > least ? least : least - span / 2;
    double high = low + span;
    double apart = round(span / about);
    List<Double> marks = new ArrayList<>();
    for (long i = (long) Math.ceil(low / apart - 1e-9); i * apart <= high + apart * 1e-9; i++) {
      marks.add(i * apart);
    }
    return new Ticks(low, high, List.copyOf(marks));
  }

  /** The same with a little room at both ends, so that no line lies on the frame. */
  static Ticks around(double least, double most, int about) {
    double room = 0.04 * (most - least);
    return over(least - room, most + room, about);
  }

  private static double round(double rough) {
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double digit = rough / power;
    return power * (digit < 1.5 ? 1 : digit < 3.5 ? 2 : digit < 7.5 ? 5 : 10);
  }

  /** Where on the axis a number lies, in [0, 1] for those within. */
  double share(double value) {
    return (value - low) / (high - low);
  }
}
