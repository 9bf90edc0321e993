package io.github.nolabel.api.option;

import io.github.nolabel.api.UserMistake;
import java.util.LinkedHashMap;
import java.util.Map;

/** Options of a plug-in's part of a configuration: {@code name=value} with blanks between. */
public final class Further {

  /** No further options. */
  public static final String NONE = "none";

  private Further() {}

  /**
   * {@code defaults} with what {@code text} says.
   *
   * @param option to name in messages, such as {@code optimizer.further}
   * @throws UserMistake if it is unreadable, or an option is unknown or out of range
   */
  public static <C extends Record> C read(String option, String text, C defaults) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String assignment : text.equals(NONE) ? new String[0] : text.strip().split("\\s+", -1)) {
      int equals = assignment.indexOf('=');
      if (equals <= 0) {
        throw new UserMistake(
            "%s expects name=value with blanks between, got '%s'.".formatted(option, text));
      }
      options.put(assignment.substring(0, equals), assignment.substring(equals + 1));
    }
    return RecordOptions.override(defaults, options);
  }
}
