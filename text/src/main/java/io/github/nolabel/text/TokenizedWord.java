package io.github.nolabel.text;

import io.github.nolabel.text.MergeTrainer.Pair;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A word of the texts as token ids, which become fewer while pairs of them are merged. */
final class TokenizedWord {

  private final long frequency;
  private int[] ids;

  TokenizedWord(int[] ids, long frequency) {
    this.ids = ids.clone();
    this.frequency = frequency;
  }

  long frequency() {
    return frequency;
  }

  Stream<Pair> pairs() {
    return IntStream.range(1, ids.length).mapToObj(at -> new Pair(ids[at - 1], ids[at]));
  }

  /** Puts {@code merged} wherever the pair is, from the left, and tells what pairs that changes. */
  void merge(Pair pair, int merged, Changes changes) {
    int[] shorter = new int[ids.length];
    int length = 0;
    int at = 0;
    while (at < ids.length) {
      if (!isAt(pair, at)) {
        shorter[length++] = ids[at++];
        continue;
      }
      if (length > 0) {
        changes.count(new Pair(shorter[length - 1], pair.left()), -1);
        changes.count(new Pair(shorter[length - 1], merged), 1);
      }
      at += 2;
      if (at < ids.length) {
        changes.count(new Pair(pair.right(), ids[at]), -1);
        changes.count(new Pair(merged, ids[at]), 1);
      }
      shorter[length++] = merged;
    }
    ids = Arrays.copyOf(shorter, length);
  }

  private boolean isAt(Pair pair, int at) {
    return at + 1 < ids.length && ids[at] == pair.left() && ids[at + 1] == pair.right();
  }

  /** Hears of each pair that a merge makes more or less frequent. */
  interface Changes {

    void count(Pair pair, int by);
  }
}
