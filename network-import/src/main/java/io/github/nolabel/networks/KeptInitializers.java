package io.github.nolabel.networks;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.networks.file.OnnxFile;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Initializers that users want to stay as they are. */
final class KeptInitializers {

  private KeptInitializers() {}

  /**
   * @param names with commas between
   * @throws UserMistake if the file has no initializer of such a name
   */
  static Set<String> of(OnnxFile file, String names) {
    Set<String> known = new LinkedHashSet<>(file.graph().initializers().keySet());
    file.graph().nodes().stream()
        .filter(node -> List.of("Identity", "Constant").contains(node.operator().toString()))
        .forEach(node -> known.addAll(node.outputs()));
    Set<String> constants = new LinkedHashSet<>();
    for (String name : names.split(",", -1)) {
      String plain = name.strip();
      if (!plain.isEmpty() && !known.contains(plain)) {
        throw new UserMistake(
            "%s has no initializer '%s', as backbone.constants says.%s"
                .formatted(file.parts().get(0), plain, Suggestions.didYouMean(plain, known)));
      }
      constants.add(plain);
    }
    constants.remove("");
    return Collections.unmodifiableSet(constants);
  }
}
