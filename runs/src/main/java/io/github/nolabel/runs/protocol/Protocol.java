package io.github.nolabel.runs.protocol;

import io.github.nolabel.api.option.NamedService;
import java.util.Optional;

/**
 * A way to find out what networks have learnt. Registers itself with {@link
 * java.util.ServiceLoader}: {@code evaluate --protocol NAME} and {@code Run.evaluate} carry it out.
 *
 * @param <C> a public record of its options, with {@link io.github.nolabel.api.option.Option} on
 *     every component; {@link io.github.nolabel.api.option.NoOptions} if it has none
 */
public interface Protocol<C extends Record> extends NamedService {

  /** What it does, in one line without a full stop. */
  String summary();

  C defaults();

  /** What options may be prefixed with besides the name, to set those of a family at once. */
  default String group() {
    return name();
  }

  /**
   * The name, without ending, under which a run's folder keeps the report; empty if it is only
   * told.
   */
  default Optional<String> file(C options) {
    return Optional.empty();
  }

  /**
   * Refuses what is known not to go before any data are read.
   *
   * @throws io.github.nolabel.api.UserMistake if these networks cannot be asked
   */
  default void check(Networks networks, C options) {}

  /**
   * Asks every network.
   *
   * @throws io.github.nolabel.api.UserMistake if networks, data and options do not go together
   */
  Report ask(Examination examination, C options);
}
