package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StratifiedTest {

  /** 100 of class 0, 50 of class 1, 2 of class 2, 1 of class 3. */
  private static final int[] LABELS =
      IntStream.range(0, 153).map(i -> i < 100 ? 0 : i < 150 ? 1 : i < 152 ? 2 : 3).toArray();

  @Test
  void aShareIsTakenOfEveryClass() {
    assertThat(counts(Stratified.share(LABELS, 0.1, 1))).containsExactly(10, 5, 1, 0);
  }

  @Test
  void atMostKeepsTheProportions() {
    int[] counts = counts(Stratified.atMost(LABELS, 30, 1));
    assertThat(IntStream.of(counts).sum()).isEqualTo(30);
    assertThat(counts[0]).isBetween(19, 21);
    assertThat(counts[1]).isBetween(9, 11);
    assertThat(Stratified.atMost(LABELS, 153, 1)).hasSize(153);
    assertThat(Stratified.atMost(LABELS, 1000, 1)).hasSize(153);
  }

  @Test
  void theSeedDecides() {
    assertThat(Stratified.share(LABELS, 0.1, 1)).isEqualTo(Stratified.share(LABELS, 0.1, 1));
    assertThat(Stratified.share(LABELS, 0.1, 1)).isNotEqualTo(Stratified.share(LABELS, 0.1, 2));
    assertThat(Stratified.atMost(LABELS, 30, 1)).isNotEqualTo(Stratified.atMost(LABELS, 30, 2));
  }

  private static int[] counts(int[] indices) {
    assertThat(indices).doesNotHaveDuplicates().isSorted();
    int[] counts = new int[4];
    IntStream.of(indices).forEach(i -> counts[LABELS[i]]++);
    return counts;
  }
}
