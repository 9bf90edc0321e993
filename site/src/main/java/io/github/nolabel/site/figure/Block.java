package io.github.nolabel.site.figure;

/**
 * A network, a loss or a memory of a method: everything of a graph under one path.
 *
 * @param name the path, or the names of inputs
 * @param kind what it is
 * @param note what is said below the name; may be empty
 */
record Block(String name, Kind kind, String note) {

  enum Kind {
    INPUT,
    TRAINED,
    FOLLOWS,
    FROZEN,
    MEMORY,
    COMPUTED,
    LOSS
  }
}
