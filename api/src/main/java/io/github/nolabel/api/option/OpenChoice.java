package io.github.nolabel.api.option;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of several things that are known by name, to which plug-ins may add. A kind of choice is a
 * final subclass; as the type of a record's component it needs a static method {@code
 * named(String)}. Whether there is such a thing is found out where it is looked up.
 */
public class OpenChoice {

  private final String name;
  private final List<String> shipped;

  /**
   * @param name kebab-case, as users write it
   * @param shipped what the library itself has
   */
  protected OpenChoice(String name, List<String> shipped) {
    this.name = name;
    this.shipped = shipped;
  }

  /** As users write it. */
  public final String name() {
    return name;
  }

  /** What the library itself has, this one or not, for lists of options. */
  public final List<String> shipped() {
    return shipped;
  }

  @Override
  @SuppressWarnings("EqualsGetClass") // An optimizer and a schedule of one name are two things.
  public final boolean equals(@Nullable Object other) {
    return other != null
        && other.getClass() == getClass()
        && ((OpenChoice) other).name.equals(name);
  }

  @Override
  public final int hashCode() {
    return name.hashCode();
  }

  @Override
  public final String toString() {
    return name;
  }
}
