package io.github.nolabel.api.option;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Reads, describes and rewrites configuration records by component name; strict about unknown
 * names. A component that is a record itself lends its components to the record around it, so that
 * methods can share options.
 */
public final class RecordOptions {

  private RecordOptions() {}

  /**
   * Checks the values of {@code type}'s components against their {@link Option} bounds. {@link
   * #override} does so for every record that it makes; only a record that is also put together by
   * hand calls it, in the compact constructor with all components in order.
   *
   * @throws UserMistake naming the first component that is out of range
   */
  public static void check(Class<? extends Record> type, Object... values) {
    RecordComponent[] components = type.getRecordComponents();
    if (components.length != values.length) {
      throw new IllegalArgumentException(
          "%s has %d components, got %d values"
              .formatted(type.getSimpleName(), components.length, values.length));
    }
    for (int i = 0; i < components.length; i++) {
      if (values[i] instanceof Number number) {
        within(components[i], number.doubleValue());
      }
    }
  }

  private static void within(RecordComponent component, double number) {
    Described.of(component)
        .ifPresent(
            option -> Require.within(component.getName(), number, option.min(), option.max()));
  }

  /**
   * Returns {@code config} with one option changed, as in {@code with(OptimizerConfig.DEFAULTS,
   * "learningRate", 1e-3)}.
   *
   * @throws UserMistake if there is no such option, or the value is of another kind or out of range
   */
  public static <C extends Record> C with(C config, String option, Object value) {
    return override(config, Map.of(option, text(value)));
  }

  /** A value as a user would type it: choices in kebab-case, all else as Java writes it. */
  public static String text(Object value) {
    if (value instanceof OpenChoice choice) {
      return choice.name();
    }
    return value instanceof Enum<?> choice ? OptionValues.spelling(choice) : String.valueOf(value);
  }

  /**
   * Returns {@code defaults} with the named components replaced by the parsed values.
   *
   * @throws UserMistake if an option is unknown, given twice, unreadable or out of range
   */
  public static <C extends Record> C override(C defaults, Map<String, String> options) {
    Map<String, Object> values = describe(defaults);
    Map<String, String> givenAs = new LinkedHashMap<>();
    options.forEach(
        (name, text) -> {
          RecordComponent component = component(defaults, name);
          String earlier = givenAs.put(component.getName(), name);
          Require.that(
              earlier == null,
              "Option '%s' is given twice, as '%s' and as '%s'."
                  .formatted(component.getName(), earlier, name));
          values.put(component.getName(), OptionValues.parse(name, text, component.getType()));
        });
    return rebuild(defaults, values);
  }

  /** The components and their values in declaration order. */
  public static Map<String, Object> describe(Record config) {
    Map<String, Object> values = new LinkedHashMap<>();
    leaves(config).forEach((component, value) -> values.put(component.getName(), value));
    return values;
  }

  /** What a user may set, in declaration order. */
  public static List<OptionInfo> options(Record defaults) {
    return leaves(defaults).entrySet().stream()
        .map(leaf -> OptionValues.info(leaf.getKey(), leaf.getValue()))
        .toList();
  }

  /** The records that lend their components to {@code config}, in declaration order. */
  public static List<Record> lenders(Record config) {
    return Arrays.stream(config.getClass().getRecordComponents())
        .map(component -> read(config, component))
        .filter(Record.class::isInstance)
        .map(Record.class::cast)
        .flatMap(lender -> Stream.concat(Stream.of(lender), lenders(lender).stream()))
        .toList();
  }

  private static Map<RecordComponent, Object> leaves(Record config) {
    Map<RecordComponent, Object> leaves = new LinkedHashMap<>();
    for (RecordComponent component : config.getClass().getRecordComponents()) {
      Object value = read(config, component);
      if (value instanceof Record shared) {
        leaves.putAll(leaves(shared));
      } else {
        leaves.put(component, value);
      }
    }
    return leaves;
  }

  private static RecordComponent component(Record config, String name) {
    String wanted = Suggestions.fold(name);
    return leaves(config).keySet().stream()
        .filter(c -> names(c).anyMatch(known -> Suggestions.fold(known).equals(wanted)))
        .findFirst()
        .orElseThrow(() -> unknown(config, name));
  }

  private static Stream<String> names(RecordComponent component) {
    Stream<String> aliases =
        Described.of(component).stream().flatMap(option -> option.aliases().stream());
    return Stream.concat(Stream.of(component.getName()), aliases);
  }

  private static UserMistake unknown(Record config, String name) {
    TreeSet<String> known = new TreeSet<>(describe(config).keySet());
    return new UserMistake(
        "Unknown option '%s'.%s Options: %s."
            .formatted(name, Suggestions.didYouMean(name, known), String.join(", ", known)));
  }

  private static <C extends Record> C rebuild(C like, Map<String, Object> values) {
    RecordComponent[] components = like.getClass().getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] arguments =
        Arrays.stream(components)
            .map(
                c ->
                    read(like, c) instanceof Record shared
                        ? rebuild(shared, values)
                        : values.get(c.getName()))
            .toArray();
    check(like.getClass(), arguments);
    try {
      @SuppressWarnings("unchecked")
      var canonical =
          (java.lang.reflect.Constructor<C>) like.getClass().getDeclaredConstructor(types);
      return canonical.newInstance(arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause() instanceof RuntimeException invalid
          ? invalid
          : new IllegalStateException(e);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(like.getClass() + " must be a public record", e);
    }
  }

  private static Object read(Record config, RecordComponent component) {
    try {
      return component.getAccessor().invoke(config);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(config.getClass() + " must be a public record", e);
    }
  }
}
