package io.github.nolabel.runs.report;

import io.github.nolabel.runs.file.Figure;
import java.util.Locale;

/** Numbers with their units, as people read them. */
final class Units {

  private Units() {}

  /** {@code 45.4 %}, in one piece; a dash where there is no number. */
  static String percent(double share) {
    return Double.isFinite(share) ? Figure.percent("%.1f", share) + "\u00A0%" : "–";
  }

  /** {@code 3 min 20 s}. */
  static String duration(double seconds) {
    if (!Double.isFinite(seconds)) {
      return "–";
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", seconds);
    }
    return whole < 3600
        ? "%d min %02d s".formatted(whole / 60, whole % 60)
        : "%d h %02d min".formatted(whole / 3600, whole / 60 % 60);
  }

  /**
   * Four digits that count, without trailing zeros: {@code 0.001}, {@code 6.745}, {@code 1e-08}.
   */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "–";
    }
    double size = Math.abs(value);
    if (size != 0 && (size < 1e-3 || size >= 1e6)) {
      return String.format(Locale.ROOT, "%.2e", value).replace(".00e", "e");
    }
    int digits = size >= 1000 ? 0 : size >= 100 ? 1 : size >= 10 ? 2 : 3;
    String shown = String.format(Locale.ROOT, "%." + digits + "f", value);
    return shown.contains(".") ? shown.replaceAll("0+$", "").replaceAll("\\.$", "") : shown;
  }

  /** {@code 25 epochs}. */
  static String epochs(String count) {
    return count + (count.equals("1") ? " epoch" : " epochs");
  }

  /** {@code 5,460}. */
  static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }
}
