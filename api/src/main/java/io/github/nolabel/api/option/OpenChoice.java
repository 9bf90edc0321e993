package io.github.nolabel.api.option;

import java.util.List;

/**
 * One of several things that are known by name, to which plug-ins may add. As the type of a
 * record's component it needs a static method {@code named(String)}; whether there is such a thing
 * is found out where it is looked up.
 */
public interface OpenChoice {

  /** Kebab-case, as users write it. */
  String name();

  /** What the library itself has, this one or not, for lists of options. */
  List<String> shipped();
}
