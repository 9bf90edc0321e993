package io.github.nolabel.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Every option takes the values it says it takes, and no other. */
final class OptionContract {

  private static final String NONSENSE = "neither-one-nor-the-other";

  private final Record defaults;

  OptionContract(Record defaults) {
    this.defaults = defaults;
  }

  void everyOptionHasAnAcceptedAndARejectedValue() {
    for (OptionInfo option : RecordOptions.options(defaults)) {
      assertThat(set(option.name(), option.defaultValue())).isEqualTo(defaults);
      option
          .aliases()
          .forEach(alias -> assertThat(set(alias, option.defaultValue())).isEqualTo(defaults));
      accepted(option).forEach(value -> set(option.name(), value));
      List<String> rejected = rejected(option);
      assertThat(rejected.isEmpty())
          .as("%s: a value that is refused", option.name())
          .isEqualTo(option.type().equals("text"));
      rejected.forEach(value -> requireRefusal(option.name(), value));
    }
  }

  void unknownOptionsAreRefused() {
    requireRefusal("noSuchOption", "1");
  }

  private Record set(String name, String value) {
    return override(defaults, name, value);
  }

  private static <C extends Record> C override(C defaults, String name, String value) {
    return RecordOptions.override(defaults, Map.of(name, value));
  }

  private void requireRefusal(String name, String value) {
    assertThatThrownBy(() -> set(name, value))
        .as("%s=%s", name, value)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(name);
  }

  private static List<String> accepted(OptionInfo option) {
    return switch (option.type()) {
      case "boolean" -> List.of("true", "false");
      case "choice" -> List.of(option.range().split(" \\| "));
      default -> bounds(option);
    };
  }

  /** Nothing for texts, such as a file's name: they are refused where they are used. */
  private static List<String> rejected(OptionInfo option) {
    List<String> refused = new ArrayList<>();
    if (!option.type().equals("text")) {
      refused.add(NONSENSE);
    }
    List<String> bounds = bounds(option);
    if (!bounds.isEmpty()) {
      refused.add(new BigDecimal(bounds.get(0)).subtract(BigDecimal.ONE).toPlainString());
      refused.add(new BigDecimal(bounds.get(1)).add(BigDecimal.ONE).toPlainString());
    }
    return refused;
  }

  /** The smallest and the largest value; none where a side is open. */
  private static List<String> bounds(OptionInfo option) {
    String range = option.range();
    if (!range.startsWith("[") || range.contains("inf")) {
      return List.of();
    }
    return List.of(range.substring(1, range.length() - 1).split(", "));
  }
}
