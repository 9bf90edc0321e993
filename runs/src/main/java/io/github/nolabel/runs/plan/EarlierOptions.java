package io.github.nolabel.runs.plan;

import io.github.nolabel.api.option.Further;
import io.github.nolabel.api.option.OptionInfo;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.method.MethodProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What held for runs that were recorded before there was an option for it. */
public final class EarlierOptions {

  private static final Map<String, String> VALUES =
      Map.ofEntries(
          Map.entry("method.interpolation", "bilinear"),
          Map.entry("method.teacherFeatures", "each-view"),
          Map.entry("optimizer.decayEmbeddings", "false"),
          Map.entry("optimizer.clipEach", "false"),
          Map.entry("optimizer.jointBatch", "false"),
          Map.entry("optimizer.mixedPrecision", "false"),
          Map.entry("optimizer.further", Further.NONE),
          Map.entry("schedule.further", Further.NONE),
          Map.entry("backbone.positions", "learnt"),
          Map.entry("run.decode", "whole"),
          Map.entry("text.sha256", ""));

  private EarlierOptions() {}

  /** The recorded options of a run of {@code method}, with those that came later. */
  public static List<Assignment> completed(List<Assignment> recorded, MethodProvider<?> method) {
    List<String> names = recorded.stream().map(Assignment::name).toList();
    List<Assignment> all = new ArrayList<>(recorded);
    VALUES.forEach(
        (name, value) -> {
          if (!names.contains(name) && isKnown(name, method)) {
            all.add(new Assignment(name, value, ""));
          }
        });
    return all;
  }

  /** Networks start from the earlier values by themselves. */
  private static boolean isKnown(String name, MethodProvider<?> method) {
    return name.startsWith("method.")
        ? RecordOptions.options(method.defaults()).stream()
            .map(OptionInfo::name)
            .anyMatch(option -> name.equals("method." + option))
        : name.startsWith("optimizer.");
  }

  /** Whether a run from before there was the option agrees with {@code value}. */
  static boolean heldBefore(OptionKey key, String value) {
    return value.equals(VALUES.get(key.group().prefix() + "." + key.name()));
  }
}
