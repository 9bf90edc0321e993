package io.github.nolabel.cli.command;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;

/** Numbers as people type them. */
final class Numbers {

  private Numbers() {}

  static double within(String flag, String text, double low, double high) {
    try {
      double value = Double.parseDouble(text);
      Require.within("--" + flag, value, low, high);
      return value;
    } catch (NumberFormatException e) {
      throw new UserMistake("--%s expects a number, got '%s'.".formatted(flag, text), e);
    }
  }

  static long whole(String flag, String text, double low, double high) {
    double value = within(flag, text, low, high);
    if (value != Math.rint(value)) {
      throw new UserMistake("--%s expects a whole number, got '%s'.".formatted(flag, text));
    }
    return (long) value;
  }
}
