package io.github.nolabel.evaluation;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.Vocabulary;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The words of texts, each hidden once to be guessed from the rest.
 *
 * @param mask the token that stands in place of the hidden one
 */
public record HiddenWords(List<Place> places, int mask) {

  /**
   * A hidden word.
   *
   * @param text which text it is of
   * @param position where it stands in the text
   * @param token what it is
   */
  public record Place(int text, int position, long token) {}

  public HiddenWords {
    places = List.copyOf(places);
  }

  /**
   * All tokens of these texts that have no meaning of their own.
   *
   * @param vocabulary with a token that stands for a hidden one
   */
  public static HiddenWords of(List<List<Long>> texts, Vocabulary vocabulary) {
    List<Place> places = new ArrayList<>();
    for (int text = 0; text < texts.size(); text++) {
      List<Long> ids = texts.get(text);
      for (int i = 0; i < ids.size(); i++) {
        if (isWord(ids.get(i), vocabulary)) {
          places.add(new Place(text, i, ids.get(i)));
        }
      }
    }
    return new HiddenWords(places, vocabulary.mask());
  }

  private static boolean isWord(long id, Vocabulary vocabulary) {
    return id != vocabulary.start() && id != vocabulary.end() && id != vocabulary.padding();
  }

  /** No more than {@code most} of them, which lie evenly among all. */
  public HiddenWords atMost(int most) {
    int count = Math.min(most, places.size());
    return new HiddenWords(
        IntStream.range(0, count)
            .mapToObj(i -> places.get((int) ((long) i * places.size() / count)))
            .toList(),
        mask);
  }

  /** The hidden tokens, in order. */
  public List<Long> tokens() {
    return places.stream().map(Place::token).toList();
  }

  /**
   * Hides the word of each row.
   *
   * @param ids int64[n, L], the texts of the places from {@code first} on
   */
  public void hide(int first, Tensor ids) {
    LongBuffer values = ids.longs();
    int length = (int) ids.shape().extent(1);
    for (int row = 0; row < ids.shape().extent(0); row++) {
      values.put(row * length + places.get(first + row).position(), mask);
    }
  }

  /** How the guesses of all places were. */
  public static final class Guesses {

    private double surprise;
    private long right;
    private long all;

    /**
     * Adds the guesses of some rows.
     *
     * @param logits float[n, L, V], for the places from {@code first} on
     */
    public void add(HiddenWords words, int first, Tensor logits) {
      int rows = (int) logits.shape().extent(0);
      int length = (int) logits.shape().extent(1);
      for (int row = 0; row < rows; row++) {
        Place place = words.places().get(first + row);
        int at = row * length + place.position();
        surprise += TokenLogits.surprise(logits, at, (int) place.token());
        right += TokenLogits.largest(logits, at) == place.token() ? 1 : 0;
      }
      all += rows;
    }

    /** The share of words whose likeliest guess was right; not a number if there are none. */
    public double accuracy() {
      return (double) right / all;
    }

    /** exp( mean( -log p(word) ) ) */
    public double perplexity() {
      return Math.exp(surprise / all);
    }
  }
}
