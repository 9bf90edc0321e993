package io.github.nolabel.api.option;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes one component of a configuration record. The bounds are the validation (see {@link
 * RecordOptions#override}), the text is what the command line prints: nothing is declared twice.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {

  /** What the option does, in one line without a full stop. */
  String value();

  /** Smallest allowed number. */
  double min() default Double.NEGATIVE_INFINITY;

  /** Largest allowed number. */
  double max() default Double.POSITIVE_INFINITY;

  /** Further names under which the option is accepted, such as another library's. */
  String[] aliases() default {};
}
