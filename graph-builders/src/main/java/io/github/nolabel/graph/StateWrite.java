package io.github.nolabel.graph;

/** At the end of the step, {@code state} takes the value of {@code next}. */
public record StateWrite(Value state, Value next) {}
