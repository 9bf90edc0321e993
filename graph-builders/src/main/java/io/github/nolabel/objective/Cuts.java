package io.github.nolabel.objective;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.spi.Suggestions;
import java.util.List;

/** Finds cuts by name. */
final class Cuts {

  private Cuts() {}

  static List<String> names(Objective objective) {
    return objective.cuts().stream().map(Cut::name).toList();
  }

  /**
   * @throws UserMistake if there is none of that name
   */
  static Cut require(Objective objective, String name) {
    return objective.cuts().stream()
        .filter(cut -> cut.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "The network cannot be cut at '%s'.%s Cuts: %s."
                        .formatted(
                            name,
                            Suggestions.didYouMean(name, names(objective)),
                            String.join(", ", names(objective)))));
  }
}
