package io.github.nolabel.site.figure;

import java.util.Set;

/**
 * What a block gives to another one.
 *
 * @param gradient whether the gradient of the loss goes back along it
 * @param stopped whether it would, if the method had not stopped it there
 */
record Arrow(String from, String to, boolean gradient, boolean stopped) {

  /** The same, but no gradient comes from blocks that have none to give. */
  Arrow without(Set<String> deadEnds) {
    return new Arrow(from, to, gradient && !deadEnds.contains(to), stopped);
  }
}
