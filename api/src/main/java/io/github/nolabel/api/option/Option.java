package io.github.nolabel.api.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a configuration record. The bounds are the validation (see {@link
 * RecordOptions#override}), the text is what the command line prints: nothing is declared twice.
 *
 * <p>Kinds of options that methods share have a name, as in {@code @Option.Width("Width of the
 * embedding")}. An annotation of one's own is such a kind, too: it carries an {@code @Option} with
 * the bounds, and has a {@code value()} with the text and, if need be, {@code aliases()}.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.RECORD_COMPONENT, ElementType.ANNOTATION_TYPE})
public @interface Option {

  /** What the option does, in one line without a full stop. */
  String value();

  /** Smallest allowed number. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest allowed number. */
  double max() default Double.POSITIVE_INFINITY;

  /** Further names under which the option is accepted, such as another library's. */
  String[] aliases() default {};

  /** A number of features: 2 to 65536. */
  @Option(value = "", min = 2, max = 65536)
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Width {
    String value();

    String[] aliases() default {};
  }

  /** The width of hidden layers, up to 65536; 0 takes the backbone's. */
  @Option(value = "", min = 0, max = 65536)
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface HiddenWidth {
    String value();

    String[] aliases() default {};
  }

  /** A number of layers: 1 to 10. */
  @Option(value = "", min = 1, max = 10)
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Layers {
    String value();

    String[] aliases() default {};
  }

  /** What a memory keeps, such as a queue: 1 to 4194304. */
  @Option(value = "", min = 1, max = 1 << 22)
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Rows {
    String value();

    String[] aliases() default {};
  }

  /** What a softmax divides by: 0.001 to 100. */
  @Option(value = "", min = 0.001, max = 100)
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Temperature {
    String value();

    String[] aliases() default {};
  }

  /** A part of a whole: 0 to 1. */
  @Option(value = "", min = 0, max = 1)
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Share {
    String value();

    String[] aliases() default {};
  }

  /** Passes over the data, 0 to a million; not always whole ones. */
  @Option(value = "", min = 0, max = 1e6)
  @Retention(RetentionPolicy.RUNTIME)
  @Target(ElementType.RECORD_COMPONENT)
  @interface Epochs {
    String value();

    String[] aliases() default {};
  }
}
