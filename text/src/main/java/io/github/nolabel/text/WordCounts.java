package io.github.nolabel.text;

import io.github.nolabel.api.UserMistake;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Which words texts consist of. */
final class WordCounts {

  static final Comparator<String> BY_CODE_POINT =
      (one, other) -> Arrays.compare(one.codePoints().toArray(), other.codePoints().toArray());

  private WordCounts() {}

  /** The symbols of each word with how often it is there. */
  static Map<List<String>, Long> of(
      Iterable<String> texts, Splitter splitter, Function<String, List<String>> symbols) {
    Map<String, Long> counts = new TreeMap<>();
    for (String text : texts) {
      splitter.split(Texts.withoutLoneSurrogates(text), word -> counts.merge(word, 1L, Long::sum));
    }
    Map<List<String>, Long> words = new HashMap<>();
    counts.forEach((word, count) -> words.put(symbols.apply(word), count));
    return words;
  }

  static List<String> characters(String word) {
    return word.codePoints().mapToObj(Character::toString).toList();
  }

  static void requireRoom(List<String> first, int vocabularySize, int special) {
    if (vocabularySize < first.size()) {
      throw new UserMistake(
          "The vocabulary size %,d is too small: the texts have %,d characters, with the %d special"
                  .formatted(vocabularySize, first.size() - special, special)
              + " tokens the least possible size is %,d. Choose that or more."
                  .formatted(first.size()));
    }
  }

  /** Hands on the words of a text. */
  interface Splitter {

    void split(String text, Consumer<String> words);
  }
}
