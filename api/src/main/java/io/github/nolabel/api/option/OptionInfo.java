package io.github.nolabel.api.option;

import java.util.List;

/**
 * One option as a user sees it.
 *
 * @param name the record component's name, camelCase
 * @param type {@code integer}, {@code number}, {@code boolean}, {@code text} or {@code choice}
 * @param defaultValue as the user would type it
 * @param range such as {@code [0.001, 10]} or {@code imagenet | cifar}; empty if anything goes
 * @param summary one line
 * @param aliases further accepted names
 */
public record OptionInfo(
    String name,
    String type,
    String defaultValue,
    String range,
    String summary,
    List<String> aliases) {

  public OptionInfo {
    aliases = List.copyOf(aliases);
  }
}
