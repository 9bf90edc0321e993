package io.github.nolabel.runs.plan;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.RecordOptions;

/**
 * Somebody wants an option to have a value.
 *
 * @param name as written, perhaps with a group's prefix
 * @param origin the file it stands in; empty if there is none
 */
public record Assignment(String name, String value, String origin) {

  /** An assignment without a file. */
  public static Assignment of(OptionGroup group, String option, Object value) {
    return new Assignment(group.prefix() + "." + option, RecordOptions.text(value), "");
  }

  /**
   * Reads {@code NAME=VALUE}.
   *
   * @throws UserMistake if there is no name or no equals sign
   */
  public static Assignment parse(String text) {
    int equals = text.indexOf('=');
    if (equals <= 0) {
      throw new UserMistake(
          "An option is set as NAME=VALUE, such as temperature=0.2, got '%s'.".formatted(text));
    }
    return new Assignment(
        text.substring(0, equals).strip(), text.substring(equals + 1).strip(), "");
  }

  /** The mistake, with the file it was made in. */
  UserMistake mistake(String message) {
    return new UserMistake(origin.isEmpty() ? message : origin + ": " + message);
  }
}
