package io.github.nolabel.method;

import java.util.List;

/**
 * Registers several methods at once with {@link java.util.ServiceLoader}. A single one may register
 * its {@link MethodProvider} instead.
 */
public interface MethodTable {

  /** The methods; those of {@link MethodRow} need no class of their own. */
  List<MethodProvider<?>> methods();
}
