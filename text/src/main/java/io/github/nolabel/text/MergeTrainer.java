package io.github.nolabel.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * Byte-pair encoding: the most frequent pair of neighbouring tokens becomes a token, again and
 * again. Of equally frequent pairs the one with the lower ids comes first, as in Hugging Face's
 * trainer, with whose results these agree.
 */
final class MergeTrainer {

  private final String prefix;
  private final List<String> tokens = new ArrayList<>();
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Pair, Long> counts = new HashMap<>();
  private final Map<Pair, List<TokenizedWord>> fresh = new HashMap<>();
  private final PriorityQueue<Candidate> queue = new PriorityQueue<>();
  private final LinkedHashSet<Pair> merges = new LinkedHashSet<>();

  /**
   * @param prefix of tokens that go on with a word, may be empty
   * @param first the first tokens in the order of their ids; among them each symbol of the words
   */
  MergeTrainer(String prefix, List<String> first) {
    this.prefix = prefix;
    first.forEach(this::add);
  }

  /** Learns from words, each as its symbols, that are so frequent. */
  MergeTrainer learn(Map<List<String>, Long> frequencies, int vocabularySize) {
    frequencies.forEach(this::count);
    queueFresh();
    Candidate top = queue.poll();
    while (top != null && tokens.size() < vocabularySize) {
      long count = counts.getOrDefault(top.pair(), 0L);
      if (top.count() != count) {
        queue.add(new Candidate(top.pair(), count, top.words()));
      } else if (count > 0) {
        merge(top);
      }
      top = queue.poll();
    }
    return this;
  }

  /** The tokens with their ids, in the order of these. */
  Map<String, Integer> vocabulary() {
    Map<String, Integer> vocabulary = new LinkedHashMap<>();
    tokens.forEach(token -> vocabulary.put(token, vocabulary.size()));
    return vocabulary;
  }

  /** What was merged, in the order in which it is to be merged again. */
  List<List<String>> merges() {
    return merges.stream()
        .map(pair -> List.of(tokens.get(pair.left()), tokens.get(pair.right())))
        .toList();
  }

  private int add(String token) {
    return ids.computeIfAbsent(
        token,
        added -> {
          tokens.add(added);
          return tokens.size() - 1;
        });
  }

  private void count(List<String> symbols, long frequency) {
    TokenizedWord word =
        new TokenizedWord(symbols.stream().mapToInt(ids::get).toArray(), frequency);
    word.pairs().forEach(pair -> change(word, pair, 1));
  }

  private void merge(Candidate top) {
    Pair pair = top.pair();
    int merged = add(tokens.get(pair.left()) + withoutPrefix(tokens.get(pair.right())));
    merges.remove(pair);
    merges.add(pair);
    for (TokenizedWord word : top.words()) {
      word.merge(pair, merged, (changed, by) -> change(word, changed, by));
    }
    queueFresh();
  }

  private String withoutPrefix(String token) {
    return token.startsWith(prefix) ? token.substring(prefix.length()) : token;
  }

  private void change(TokenizedWord word, Pair pair, int by) {
    counts.merge(pair, by * word.frequency(), Long::sum);
    if (by > 0) {
      List<TokenizedWord> places = fresh.computeIfAbsent(pair, p -> new ArrayList<>());
      if (places.isEmpty() || places.get(places.size() - 1) != word) {
        places.add(word);
      }
    }
  }

  private void queueFresh() {
    fresh.forEach(
        (pair, places) -> {
          long count = counts.getOrDefault(pair, 0L);
          if (count > 0) {
            queue.add(new Candidate(pair, count, places));
          }
        });
    fresh.clear();
  }

  /** Two neighbouring tokens. */
  record Pair(int left, int right) implements Comparable<Pair> {

    @Override
    public int compareTo(Pair other) {
      int byLeft = Integer.compare(left, other.left);
      return byLeft == 0 ? Integer.compare(right, other.right) : byLeft;
    }
  }

  /** A pair that may be merged in these words; the count may be out of date. */
  private record Candidate(Pair pair, long count, List<TokenizedWord> words)
      implements Comparable<Candidate> {

    @Override
    public int compareTo(Candidate other) {
      int byCount = Long.compare(other.count, count);
      return byCount == 0 ? pair.compareTo(other.pair) : byCount;
    }
  }
}
