package io.github.nolabel.api.option;

import java.util.List;

/** A service that the user picks by name. */
public interface NamedService {

  /** Stable and kebab-case, for example {@code simclr} or {@code moco-v2}. */
  String name();

  /** Further names; like {@link #name()} they are compared without case, dashes and underscores. */
  default List<String> aliases() {
    return List.of();
  }

  /** The class that stands for it in messages, and beside which its own files lie. */
  default Class<?> home() {
    return getClass();
  }
}
