package io.github.nolabel.data.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CounterRandomTest {

  @Test
  void theSameKeyGivesTheSameNumbers() {
    double[] first = numbers(new CounterRandom().restart(1, 2, 3, 4));
    CounterRandom used = new CounterRandom().restart(9, 9, 9, 9);
    used.nextDouble();
    assertThat(numbers(used.restart(1, 2, 3, 4))).isEqualTo(first);
  }

  /** Neighbouring keys, negative ones and permuted ones included, share no first number. */
  @Test
  void differentKeysGiveDifferentNumbers() {
    Set<Double> firsts = new HashSet<>();
    CounterRandom random = new CounterRandom();
    for (int key = 0; key < 6 * 6 * 6 * 6; key++) {
      random.restart(key % 6 - 3, key / 6 % 6 - 3, key / 36 % 6 - 3, key / 216 - 3);
      firsts.add(random.nextDouble());
    }
    assertThat(firsts).hasSize(6 * 6 * 6 * 6);
  }

  @Test
  void numbersAreUniformAcrossKeysAndAlongASequence() {
    CounterRandom random = new CounterRandom();
    double[] across =
        IntStream.range(0, 10_000)
            .mapToDouble(i -> random.restart(0, 0, i, 0).nextDouble())
            .toArray();
    assertUniform(across);
    random.restart(0, 0, 0, 0);
    assertUniform(IntStream.range(0, 10_000).mapToDouble(i -> random.nextDouble()).toArray());
  }

  @Test
  void boundedNumbersReachEveryValueEvenly() {
    CounterRandom random = new CounterRandom().restart(5, 0, 0, 0);
    int[] counts = new int[7];
    IntStream.range(0, 70_000).forEach(i -> counts[random.nextInt(7)]++);
    assertThat(Arrays.stream(counts)).allMatch(count -> Math.abs(count - 10_000) < 500);
    assertThat(random.nextInt(1)).isZero();
  }

  @Test
  void shufflingPermutes() {
    int[] values = IntStream.range(0, 100).toArray();
    new CounterRandom().restart(0, 0, 0, 0).shuffle(values);
    assertThat(values).isNotEqualTo(IntStream.range(0, 100).toArray());
    Arrays.sort(values);
    assertThat(values).isEqualTo(IntStream.range(0, 100).toArray());
  }

  private static double[] numbers(CounterRandom random) {
    return IntStream.range(0, 10).mapToDouble(i -> random.nextDouble()).toArray();
  }

  /** Mean 1/2 and variance 1/12, within five standard errors. */
  private static void assertUniform(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(0.5, within(0.015));
    assertThat(variance).isCloseTo(1.0 / 12, within(0.004));
  }
}
