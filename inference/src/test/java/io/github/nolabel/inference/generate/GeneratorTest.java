package io.github.nolabel.inference.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.input.Vocabulary;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GeneratorTest {

  private static final int SIZE = 10;
  private static final int END = 3;
  private static final Vocabulary VOCABULARY = new Vocabulary(SIZE, 0, 1, 2, END, 4);
  private static final int TEXTS = 4000;

  /** Words 5 to 9 with probabilities 0.4, 0.3, 0.15, 0.1 and 0.05; the special tokens tempt. */
  private static final NextToken WORDS =
      ids -> logs(9e9, 9e9, 9e9, 0, 9e9, 0.4, 0.3, 0.15, 0.1, 0.05);

  private static final Generation ONE = Generation.DEFAULTS.withMaxTokens(1);

  @Test
  void greedyFollowsTheLikeliestTokensToTheEnd() {
    long[] chain = {2, 7, 5, 9, END};
    NextToken model =
        ids -> {
          float[] logits = new float[SIZE];
          logits[(int) chain[ids.length]] = 1;
          return logits;
        };
    assertThat(write(Generation.DEFAULTS, model)).containsExactly(chain);
    assertThat(write(Generation.DEFAULTS, model, 2, 7)).containsExactly(chain);
    assertThat(write(Generation.DEFAULTS.withMaxTokens(2), model)).containsExactly(2, 7, 5);
  }

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void whatIsNoWordIsNeverWritten(Sampling sampling) {
    NextToken tempting = ids -> new float[] {9, 9, 9, 0, 9, 0, 0, 0, 0, 0};
    for (long seed = 0; seed < 200; seed++) {
      Generation generation = Generation.DEFAULTS.withSampling(sampling).withSeed(seed);
      long[] ids = write(generation.withMaxTokens(20), tempting);
      assertThat(Arrays.stream(ids).skip(1)).doesNotContain(0L, 1L, 2L, 4L);
      assertThat(Arrays.stream(ids).limit(ids.length - 1)).doesNotContain((long) END);
    }
  }

  @ParameterizedTest
  @EnumSource(Sampling.class)
  void aSeedWritesTheSameAgain(Sampling sampling) {
    Generation generation = Generation.DEFAULTS.withSampling(sampling).withSeed(7);
    assertThat(write(generation, WORDS)).isEqualTo(write(generation, WORDS));
    assertThat(Arrays.equals(write(generation, WORDS), write(generation.withSeed(8), WORDS)))
        .isEqualTo(sampling == Sampling.GREEDY);
  }

  @Test
  void frequenciesFollowTheSoftmax() {
    Map<Long, Double> shares = shares(ONE.withSampling(Sampling.RANDOM));
    Map.of(5L, 0.4, 6L, 0.3, 7L, 0.15, 8L, 0.1, 9L, 0.05)
        .forEach(
            (token, share) ->
                assertThat(shares.getOrDefault(token, 0.0)).isCloseTo(share, within(0.03)));
  }

  @Test
  void temperatureIsAPowerOfTheProbabilities() {
    Map<Long, Double> shares = shares(ONE.withSampling(Sampling.RANDOM).withTemperature(0.5));
    double squares = 0.16 + 0.09 + 0.0225 + 0.01 + 0.0025;
    assertThat(shares.getOrDefault(5L, 0.0)).isCloseTo(0.16 / squares, within(0.03));
    assertThat(shares.getOrDefault(6L, 0.0)).isCloseTo(0.09 / squares, within(0.03));
  }

  @Test
  void temperatureNearZeroIsGreedy() {
    assertThat(shares(ONE.withSampling(Sampling.RANDOM).withTemperature(1e-6)).keySet())
        .containsExactly(5L);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 256})
  void topKStaysAmongTheBest(int k) {
    Map<Long, Double> shares = shares(ONE.withSampling(Sampling.TOP_K).withTopK(k));
    assertThat(shares.keySet()).isEqualTo(Set.copyOf(first(k)));
    double mass = 0.4 + (k > 1 ? 0.3 : 0) + (k > 2 ? 0.15 : 0) + (k > 3 ? 0.15 : 0);
    assertThat(shares.getOrDefault(5L, 0.0)).isCloseTo(0.4 / mass, within(0.03));
  }

  @Test
  void theNucleusIsTheSmallestSetThatHoldsTheShare() {
    Map<Double, Integer> sizes = Map.of(0.3, 1, 0.41, 2, 0.69, 2, 0.71, 3, 0.9, 4, 0.99, 5);
    sizes.forEach(
        (share, size) ->
            assertThat(shares(ONE.withSampling(Sampling.NUCLEUS).withTopP(share)).keySet())
                .as("share %s", share)
                .isEqualTo(Set.copyOf(first(size))));
  }

  @Test
  void thePenaltyLowersRepeats() {
    Generation random = Generation.DEFAULTS.withSampling(Sampling.RANDOM).withMaxTokens(5);
    assertThat(repeats(random.withRepetitionPenalty(3))).isLessThan(0.7 * repeats(random));
    NextToken positive = ids -> new float[] {0, 0, 0, 0, 0, 3, 2, 0, 0, 0};
    assertThat(write(Generation.DEFAULTS.withMaxTokens(3).withRepetitionPenalty(2), positive))
        .containsExactly(2, 5, 6, 5);
  }

  @Test
  void noTrigramComesTwice() {
    NextToken circle =
        ids -> {
          float[] logits = new float[SIZE];
          logits[ids[ids.length - 1] == 5 ? 6 : 5] = 2;
          logits[8] = 1;
          return logits;
        };
    Generation greedy = Generation.DEFAULTS.withMaxTokens(6);
    assertThat(write(greedy, circle)).containsExactly(2, 5, 6, 5, 6, 5, 6);
    long[] ids = write(greedy.withUniqueTrigrams(true), circle);
    assertThat(ids).startsWith(2, 5, 6, 5, 6, 8);
    List<List<Long>> trigrams =
        IntStream.range(0, ids.length - 2)
            .mapToObj(i -> List.of(ids[i], ids[i + 1], ids[i + 2]))
            .toList();
    assertThat(trigrams).doesNotHaveDuplicates();
  }

  @Test
  void mistakesAreExplained() {
    Generator generator = new Generator(Generation.DEFAULTS);
    Vocabulary noStart = new Vocabulary(SIZE, 0, 1, Vocabulary.NONE, END, Vocabulary.NONE);
    assertThatThrownBy(() -> generator.generate(WORDS, noStart))
        .hasMessageContaining("no start token");
    assertThat(generator.generate(WORDS, noStart, 5)).startsWith(5);
    assertThatThrownBy(() -> generator.generate(ids -> new float[3], VOCABULARY))
        .hasMessageContaining("3 logits for a vocabulary of 10");
    assertThatThrownBy(() -> Generation.DEFAULTS.withTopP(0)).hasMessageContaining("topP");
    assertThatThrownBy(() -> Generation.DEFAULTS.withTemperature(0))
        .hasMessageContaining("temperature");
    assertThatThrownBy(() -> Generation.DEFAULTS.withRepetitionPenalty(0.5))
        .hasMessageContaining("repetitionPenalty");
  }

  private static double repeats(Generation generation) {
    return IntStream.range(0, 500)
        .mapToDouble(
            seed -> {
              long[] ids = write(generation.withSeed(seed), WORDS);
              return ids.length - Arrays.stream(ids).distinct().count();
            })
        .sum();
  }

  /** How often each token is the first one written. */
  private static Map<Long, Double> shares(Generation generation) {
    return IntStream.range(0, TEXTS)
        .mapToObj(seed -> write(generation.withSeed(seed), WORDS)[1])
        .collect(
            Collectors.groupingBy(
                Function.identity(), Collectors.summingDouble(token -> 1.0 / TEXTS)));
  }

  private static List<Long> first(int count) {
    return List.of(5L, 6L, 7L, 8L, 9L).subList(0, Math.min(count, 5));
  }

  private static long[] write(Generation generation, NextToken model, long... prefix) {
    return new Generator(generation).generate(model, VOCABULARY, prefix);
  }

  private static float[] logs(double... probabilities) {
    float[] logits = new float[probabilities.length];
    for (int i = 0; i < logits.length; i++) {
      logits[i] = (float) Math.log(probabilities[i]);
    }
    return logits;
  }
}
