package io.github.nolabel.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RetrievalTest {

  @Test
  void aPerfectMatchIsAlwaysFirst() {
    FeatureMatrix axes = axes(12);
    Retrieval.Result result = Retrieval.of(axes, axes, pairs(12));
    assertThat(result.imageToText()).isEqualTo(result.textToImage());
    Retrieval.Direction direction = result.imageToText();
    assertThat(direction.recallAt1()).isEqualTo(1);
    assertThat(direction.recallAt5()).isEqualTo(1);
    assertThat(direction.recallAt10()).isEqualTo(1);
    assertThat(direction.medianRank()).isEqualTo(1);
    assertThat(direction.chanceAt1()).isCloseTo(1.0 / 12, within(1e-12));
    assertThat(direction.chanceAt5()).isCloseTo(5.0 / 12, within(1e-12));
    assertThat(direction.chanceAt10()).isCloseTo(10.0 / 12, within(1e-12));
  }

  /** Image i at angle 0, text j at an angle that grows with j: text j has rank j + 1. */
  @Test
  void ranksAreCountedExactly() {
    float[] angles = new float[24];
    for (int j = 0; j < 12; j++) {
      angles[2 * j] = (float) Math.cos(0.1 * j);
      angles[2 * j + 1] = (float) Math.sin(0.1 * j);
    }
    float[] same = new float[24];
    for (int i = 0; i < 12; i++) {
      same[2 * i] = 1;
    }
    Retrieval.Direction direction =
        Retrieval.of(FeatureMatrix.of(2, same), FeatureMatrix.of(2, angles), pairs(12))
            .imageToText();
    assertThat(direction.recallAt1()).isEqualTo(1.0 / 12);
    assertThat(direction.recallAt5()).isEqualTo(5.0 / 12);
    assertThat(direction.recallAt10()).isEqualTo(10.0 / 12);
    assertThat(direction.medianRank()).isEqualTo(6.5);
  }

  @Test
  void aCollapsedNetworkIsNoBetterThanChance() {
    for (float value : new float[] {1, 0, Float.NaN}) {
      float[] values = new float[40];
      Arrays.fill(values, value);
      FeatureMatrix same = FeatureMatrix.of(2, values);
      Retrieval.Direction direction = Retrieval.of(same, same, pairs(20)).imageToText();
      assertThat(direction.recallAt10()).as("all %s", value).isZero();
      assertThat(direction.medianRank()).isEqualTo(20);
    }
  }

  @Test
  void whatIsNoNumberComesLast() {
    FeatureMatrix images = FeatureMatrix.of(2, 1, 0, 0, 1);
    FeatureMatrix texts = FeatureMatrix.of(2, -1, 0, Float.NaN, 0);
    Retrieval.Direction direction = Retrieval.of(images, texts, pairs(2)).imageToText();
    assertThat(direction.recallAt1()).isEqualTo(0.5);
    assertThat(direction.medianRank()).isEqualTo(1.5);
    assertThat(Retrieval.best(texts, images, 0, 5)).containsExactly(0, 1);
  }

  @Test
  void theBestOfSeveralCaptionsCounts() {
    FeatureMatrix images = FeatureMatrix.of(2, 1, 0, 0, 1);
    FeatureMatrix texts = FeatureMatrix.of(2, -1, 0, 1, 0.1f, 0.1f, 1, 1, 0.3f);
    // Text 3 belongs to image 1 but is nearer to image 0; text 0 is far from its image 0.
    Retrieval.Result result = Retrieval.of(images, texts, List.of(List.of(0, 1, 1), List.of(2, 3)));
    assertThat(result.imageToText().recallAt1()).isEqualTo(1);
    assertThat(result.textToImage().recallAt1()).isEqualTo(0.5);
    assertThat(result.textToImage().recallAt5()).isEqualTo(1);
    assertThat(result.textToImage().medianRank()).isEqualTo(1.5);
    assertThat(result.imageToText().chanceAt1()).isEqualTo(0.5);
  }

  @Test
  void aTextOfTwoImagesMayFindEither() {
    FeatureMatrix images = FeatureMatrix.of(2, 1, 0, -1, 0, 0, 1);
    FeatureMatrix texts = FeatureMatrix.of(2, -1, 0, 0, 1);
    Retrieval.Result result =
        Retrieval.of(images, texts, List.of(List.of(0), List.of(0), List.of(1)));
    assertThat(result.textToImage().recallAt1()).isEqualTo(1);
    assertThat(result.textToImage().chanceAt1()).isCloseTo((2.0 / 3 + 1.0 / 3) / 2, within(1e-12));
    assertThat(result.imageToText().recallAt1()).as("image 0 is far from it").isEqualTo(2.0 / 3);
  }

  @Test
  void whatHasNoPartnerIsNotAskedAboutButInTheWay() {
    FeatureMatrix images = FeatureMatrix.of(2, 1, 0, 0, 1);
    FeatureMatrix texts = FeatureMatrix.of(2, 1, 0.5f, 1, 0);
    Retrieval.Result result = Retrieval.of(images, texts, List.of(List.of(0), List.of()));
    assertThat(result.imageToText().medianRank()).isEqualTo(2);
    assertThat(result.textToImage().medianRank()).isEqualTo(1);
    Retrieval.Result nobody = Retrieval.of(images, texts, List.of(List.of(), List.of()));
    assertThat(nobody.figures().values()).containsOnly(Double.NaN);
  }

  /** All sets of five rows of seven, of which rows 0 to m - 1 are right. */
  @Test
  void chanceIsThatOfAllOrders() {
    for (int right = 1; right <= 7; right++) {
      int mask = (1 << right) - 1;
      double hits = 0;
      double sets = 0;
      for (int set = 0; set < 1 << 7; set++) {
        sets += Integer.bitCount(set) == 5 ? 1 : 0;
        hits += Integer.bitCount(set) == 5 && (set & mask) != 0 ? 1 : 0;
      }
      Retrieval.Direction direction =
          Retrieval.of(axes(7).row(0), axes(7), List.of(range(right))).imageToText();
      assertThat(direction.chanceAt1()).isCloseTo(right / 7.0, within(1e-12));
      assertThat(direction.chanceAt5()).isCloseTo(hits / sets, within(1e-12));
      assertThat(direction.chanceAt10()).isEqualTo(1);
    }
  }

  @Test
  void randomFeaturesReachChance() {
    Random random = new Random(3);
    List<List<Integer>> two =
        IntStream.range(0, 1000).mapToObj(i -> List.of(2 * i % 50, (2 * i + 1) % 50)).toList();
    Retrieval.Result result = Retrieval.of(gaussian(1000, random), gaussian(50, random), two);
    Retrieval.Direction direction = result.imageToText();
    assertThat(direction.recallAt1()).isCloseTo(direction.chanceAt1(), within(0.025));
    assertThat(direction.recallAt5()).isCloseTo(direction.chanceAt5(), within(0.05));
    assertThat(direction.recallAt10()).isCloseTo(direction.chanceAt10(), within(0.05));
  }

  @Test
  void neitherOrderNorLengthMatters() {
    Random random = new Random(4);
    FeatureMatrix images = gaussian(30, random);
    FeatureMatrix texts = gaussian(30, random);
    List<Integer> order = new ArrayList<>(range(30));
    Collections.shuffle(order, random);
    float[] shuffled = new float[30 * 8];
    for (int i = 0; i < shuffled.length; i++) {
      // Powers of two change no digit of the features.
      shuffled[i] = texts.values()[order.get(i / 8) * 8 + i % 8] * (1 << i / 8 % 5);
    }
    List<List<Integer>> moved =
        IntStream.range(0, 30).mapToObj(image -> List.of(order.indexOf(image))).toList();
    assertThat(Retrieval.of(images, FeatureMatrix.of(8, shuffled), moved))
        .isEqualTo(Retrieval.of(images, texts, pairs(30)));
  }

  @Test
  void searchGivesTheNearestFirstAndEquallyNearOnesInOrder() {
    FeatureMatrix gallery = FeatureMatrix.of(2, 0, 1, 3, 0, 1, 1, 1, 0, -1, 0);
    FeatureMatrix query = FeatureMatrix.of(2, 9, 9, 2, 0.1f);
    assertThat(Retrieval.best(gallery, query, 1, 3)).containsExactly(1, 3, 2);
    assertThat(Retrieval.best(gallery, query, 0, 99)).containsExactly(2, 0, 1, 3, 4);
    assertThatThrownBy(() -> Retrieval.best(gallery, query, 0, 0)).hasMessageContaining("k must");
  }

  @Test
  void figuresKeepTheirOrder() {
    assertThat(Retrieval.of(axes(2), axes(2), pairs(2)).figures().keySet())
        .containsExactly(
            "imageToText.recallAt1",
            "imageToText.recallAt5",
            "imageToText.recallAt10",
            "imageToText.medianRank",
            "imageToText.chanceAt1",
            "imageToText.chanceAt5",
            "imageToText.chanceAt10",
            "textToImage.recallAt1",
            "textToImage.recallAt5",
            "textToImage.recallAt10",
            "textToImage.medianRank",
            "textToImage.chanceAt1",
            "textToImage.chanceAt5",
            "textToImage.chanceAt10");
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThatThrownBy(() -> Retrieval.of(axes(2), axes(3), pairs(2)))
        .isInstanceOf(UserMistake.class)
        .hasMessage("Features of 2 and of 3 numbers cannot be compared.");
    assertThatThrownBy(() -> Retrieval.of(axes(2), axes(2), pairs(3)))
        .hasMessage("2 rows of features for 3 images");
    assertThatThrownBy(() -> Retrieval.of(axes(2), axes(2), List.of(List.of(0), List.of(2))))
        .isInstanceOf(UserMistake.class)
        .hasMessage("Image 1 names text 2 of 2 texts.");
  }

  private static FeatureMatrix axes(int size) {
    float[] values = new float[size * size];
    for (int i = 0; i < size; i++) {
      values[i * size + i] = 1;
    }
    return FeatureMatrix.of(size, values);
  }

  private static FeatureMatrix gaussian(int rows, Random random) {
    float[] values = new float[rows * 8];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return FeatureMatrix.of(8, values);
  }

  private static List<List<Integer>> pairs(int size) {
    return range(size).stream().map(List::of).toList();
  }

  private static List<Integer> range(int size) {
    return IntStream.range(0, size).boxed().toList();
  }
}
