package io.github.nolabel.cli.command;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.Suggestions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The evaluation protocols by name. */
final class Protocols {

  static final String KNN = "knn";
  static final String LINEAR = "linear";
  static final String FINETUNE = "finetune";
  static final String RETRIEVAL = "retrieval";
  static final String ZERO_SHOT = "zero-shot";
  static final List<String> NAMES = List.of(KNN, LINEAR, FINETUNE, RETRIEVAL, ZERO_SHOT);

  /** What each does, in one line, in the order of {@link #NAMES}. */
  static final Map<String, String> SUMMARIES = summaries();

  private Protocols() {}

  private static Map<String, String> summaries() {
    Map<String, String> summaries = new LinkedHashMap<>();
    summaries.put(KNN, "held-out images ask their nearest neighbours in feature space");
    summaries.put(LINEAR, "a linear classifier is trained on the features of the frozen network");
    summaries.put(FINETUNE, "a copy of the whole network is trained under a fresh classifier");
    summaries.put(RETRIEVAL, "held-out images and their captions find each other, both ways");
    summaries.put(ZERO_SHOT, "held-out images are told apart by nothing but the classes' names");
    return Collections.unmodifiableMap(summaries);
  }

  /** Whether it asks images and texts instead of features of images alone. */
  static boolean readsTexts(String protocol) {
    return protocol.equals(RETRIEVAL) || protocol.equals(ZERO_SHOT);
  }

  /**
   * Reads a list such as {@code knn,linear}.
   *
   * @throws UserMistake if there is no such protocol, or none at all
   */
  static List<String> parse(String list) {
    Set<String> chosen = new LinkedHashSet<>();
    for (String name : List.of(list.split(",", -1))) {
      chosen.add(canonical(name.strip()));
    }
    return new ArrayList<>(chosen);
  }

  private static String canonical(String name) {
    String wanted = Suggestions.fold(name);
    return NAMES.stream()
        .filter(known -> Suggestions.fold(known).equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new UserMistake(
                    "No protocol '%s'.%s Protocols: %s."
                        .formatted(
                            name, Suggestions.didYouMean(name, NAMES), String.join(", ", NAMES))));
  }
}
