package io.github.nolabel.api.option;

/** The options of something that has none. */
public record NoOptions() {

  public static final NoOptions DEFAULTS = new NoOptions();
}
