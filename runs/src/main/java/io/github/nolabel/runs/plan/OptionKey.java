package io.github.nolabel.runs.plan;

/** One option, under its canonical name. */
record OptionKey(OptionGroup group, String name) {

  /** As a user would write it after {@code --set}. */
  String written() {
    return group == OptionGroup.METHOD || group == OptionGroup.RUN
        ? name
        : group.prefix() + "." + name;
  }
}
