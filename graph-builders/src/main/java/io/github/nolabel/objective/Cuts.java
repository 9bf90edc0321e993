package io.github.nolabel.objective;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.spi.Suggestions;
import java.util.List;

/** An objective's cuts by name. */
final class Cuts {

  private Cuts() {}

  static List<String> names(Objective objective) {
    return objective.cuts().stream().map(Cut::name).toList();
  }

  /**
   * @throws UserMistake if there is no such cut
   */
  static Cut find(Objective objective, String name) {
    return objective.cuts().stream()
        .filter(cut -> cut.name().equals(name))
        .findFirst()
        .orElseThrow(() -> unknown(name, names(objective)));
  }

  private static UserMistake unknown(String name, List<String> names) {
    return new UserMistake(
        "The network cannot be cut at '%s'.%s Cuts: %s."
            .formatted(name, Suggestions.didYouMean(name, names), String.join(", ", names)));
  }
}
