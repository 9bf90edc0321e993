package io.github.nolabel.testkit;

import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Values that make any method small and quick, read off the options' names and defaults. */
final class TinyOptions {

  private static final int WIDTH = 12;

  private TinyOptions() {}

  /**
   * @param chosen win over what is derived
   */
  static Map<String, String> of(Record defaults, Map<String, String> chosen) {
    Map<String, String> options = new TreeMap<>();
    for (OptionInfo option : RecordOptions.options(defaults)) {
      tiny(option).ifPresent(value -> options.put(option.name(), value));
    }
    options.putAll(chosen);
    return options;
  }

  private static Optional<String> tiny(OptionInfo option) {
    if (!option.type().equals("integer") && !option.type().equals("number")) {
      return Optional.empty();
    }
    double value = Double.parseDouble(option.defaultValue());
    String name = option.name().toLowerCase(Locale.ROOT);
    if (name.endsWith("epoch") || name.endsWith("epochs")) {
      return smaller(value, 0.5);
    }
    if (name.endsWith("steps")) {
      return smaller(value, 2);
    }
    return option.type().equals("integer")
        ? smaller(value, value > 16 ? WIDTH : 3)
        : Optional.empty();
  }

  private static Optional<String> smaller(double value, double most) {
    if (value <= most) {
      return Optional.empty();
    }
    boolean whole = most == Math.rint(most);
    return Optional.of(whole ? Long.toString((long) most) : Double.toString(most));
  }
}
