package io.github.nolabel.api.option;

import io.github.nolabel.api.UserMistake;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Between the text a user types and the value a record component holds. */
final class OptionValues {

  private OptionValues() {}

  static Object parse(String name, String text, Class<?> type) {
    try {
      if (type == int.class) {
        return Integer.valueOf(text);
      }
      if (type == long.class) {
        return Long.valueOf(text);
      }
      if (type == double.class) {
        return Double.valueOf(text);
      }
    } catch (NumberFormatException e) {
      throw unreadable(name, type == double.class ? "a number" : "a whole number", text, e);
    }
    if (type == boolean.class) {
      return truth(name, text);
    }
    if (OpenChoice.class.isAssignableFrom(type)) {
      return named(type, text);
    }
    return type.isEnum() ? choice(name, text, type) : text;
  }

  static OptionInfo info(RecordComponent component, Object value) {
    Described option =
        Described.of(component)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        component + " has no @Option: every option is documented"));
    return new OptionInfo(
        component.getName(),
        kind(component.getType()),
        written(value),
        range(component.getType(), option, value),
        option.help(),
        option.aliases());
  }

  private static String kind(Class<?> type) {
    if (type == int.class || type == long.class) {
      return "integer";
    }
    if (type == double.class) {
      return "number";
    }
    if (type == boolean.class) {
      return "boolean";
    }
    return type.isEnum() || OpenChoice.class.isAssignableFrom(type) ? "choice" : "text";
  }

  private static Object named(Class<?> type, String text) {
    String name = text.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    try {
      return type.getMethod("named", String.class).invoke(null, name);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " has no public static method named(String)", e);
    }
  }

  private static String range(Class<?> type, Described option, Object value) {
    if (value instanceof OpenChoice choice) {
      return String.join(" | ", choice.shipped());
    }
    if (type.isEnum()) {
      return String.join(" | ", choices(type));
    }
    boolean unbounded =
        option.min() == Double.NEGATIVE_INFINITY && option.max() == Double.POSITIVE_INFINITY;
    return unbounded ? "" : "[%s, %s]".formatted(number(option.min()), number(option.max()));
  }

  private static String written(Object value) {
    if (value instanceof Enum<?> choice) {
      return spelling(choice);
    }
    if (value instanceof OpenChoice choice) {
      return choice.name();
    }
    return value instanceof Double number ? number(number) : value.toString();
  }

  private static String number(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value).replace(".0E", "e").replace("E", "e").replace("Infinity", "inf");
  }

  private static boolean truth(String name, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "on" -> true;
      case "false", "no", "off" -> false;
      default -> throw unreadable(name, "true or false", text, null);
    };
  }

  private static Object choice(String name, String text, Class<?> type) {
    return Arrays.stream(type.getEnumConstants())
        .filter(c -> Suggestions.fold(((Enum<?>) c).name()).equals(Suggestions.fold(text)))
        .findFirst()
        .orElseThrow(
            () -> unreadable(name, "one of " + String.join(", ", choices(type)), text, null));
  }

  private static List<String> choices(Class<?> type) {
    return Arrays.stream(type.getEnumConstants()).map(c -> spelling((Enum<?>) c)).toList();
  }

  static String spelling(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static UserMistake unreadable(
      String name, String expected, String text, @org.jspecify.annotations.Nullable Exception e) {
    String message = "Option '%s' expects %s, got '%s'.".formatted(name, expected, text);
    return e == null ? new UserMistake(message) : new UserMistake(message, e);
  }
}
