package io.github.nolabel.api.option;

import java.lang.annotation.Annotation;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What is said of an option: by {@link Option}, or by an annotation that is a kind of it. */
record Described(String help, double min, double max, List<String> aliases) {

  /** Empty if nothing is said. */
  static Optional<Described> of(RecordComponent component) {
    return Arrays.stream(component.getAnnotations()).flatMap(a -> read(a).stream()).findFirst();
  }

  private static Optional<Described> read(Annotation annotation) {
    if (annotation instanceof Option option) {
      return Optional.of(with(option, option.value(), option.aliases()));
    }
    Option kind = annotation.annotationType().getAnnotation(Option.class);
    if (kind == null) {
      return Optional.empty();
    }
    return Optional.of(
        with(
            kind,
            said(annotation, "value", String.class).orElse(kind.value()),
            said(annotation, "aliases", String[].class).orElse(kind.aliases())));
  }

  private static Described with(Option bounds, String help, String[] aliases) {
    return new Described(help, bounds.min(), bounds.max(), List.of(aliases));
  }

  private static <T> Optional<T> said(Annotation annotation, String element, Class<T> type) {
    try {
      return Optional.of(
          type.cast(annotation.annotationType().getMethod(element).invoke(annotation)));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(annotation.annotationType() + " must be public", e);
    }
  }
}
