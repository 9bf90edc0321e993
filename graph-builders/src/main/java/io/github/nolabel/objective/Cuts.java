package io.github.nolabel.objective;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An objective's cuts by name. Where networks have a cut of the same name, that of the first one
 * has it alone and the others' begin with the network: {@code backbone}, {@code teacher-backbone}.
 */
final class Cuts {

  private Cuts() {}

  static List<String> names(Objective objective) {
    return new ArrayList<>(byName(objective).keySet());
  }

  /** The first cut's name by network, in the order of the cuts. */
  static Map<String, String> networks(Objective objective) {
    Map<String, String> networks = new LinkedHashMap<>();
    byName(objective).forEach((name, cut) -> networks.putIfAbsent(cut.scope(), name));
    return networks;
  }

  /**
   * @throws UserMistake if there is no such cut
   */
  static Cut find(Objective objective, String name) {
    Cut cut = byName(objective).get(name);
    if (cut == null) {
      throw unknown(name, names(objective));
    }
    return cut;
  }

  /** The name that {@code cut} has among all of the objective's. */
  static String nameOf(Objective objective, Cut cut) {
    return byName(objective).entrySet().stream()
        .filter(entry -> entry.getValue().scope().equals(cut.scope()))
        .filter(entry -> entry.getValue().name().equals(cut.name()))
        .map(Map.Entry::getKey)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "'%s' is evaluated, but is no cut of %s."
                        .formatted(cut.name(), names(objective))));
  }

  private static Map<String, Cut> byName(Objective objective) {
    Map<String, Cut> cuts = new LinkedHashMap<>();
    for (Cut cut : objective.cuts()) {
      String name = cuts.containsKey(cut.name()) ? cut.scope() + "-" + cut.name() : cut.name();
      if (cuts.put(name, cut) != null) {
        throw new IllegalStateException("Two cuts of one network have the name '" + name + "'.");
      }
    }
    return cuts;
  }

  private static UserMistake unknown(String name, List<String> names) {
    return new UserMistake(
        "The network cannot be cut at '%s'.%s Cuts: %s."
            .formatted(name, Suggestions.didYouMean(name, names), String.join(", ", names)));
  }
}
