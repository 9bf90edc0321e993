package io.github.nolabel.api.control;

/**
 * A number that a controller remembers between steps; starts at {@code initial}, is checkpointed.
 */
public record Slot(String name, double initial) {}
