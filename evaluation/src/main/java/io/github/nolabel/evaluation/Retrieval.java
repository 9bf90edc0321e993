package io.github.nolabel.evaluation;

import io.github.nolabel.api.Require;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Finds texts for images and images for texts by the cosine of their features, and measures how
 * well that goes.
 *
 * <p>The rank of a query is the place, from 1, of the best of its right answers among all rows of
 * the other kind: {@code 1 + |{wrong w : cos(w) >= max cos(right)}|}. A wrong row that is equally
 * near counts as ahead, and a cosine that is no number is the smallest; so a collapsed network
 * never does better than chance. Equal texts of several images should therefore be one row that all
 * of them name.
 */
public final class Retrieval {

  private Retrieval() {}

  /**
   * How well one kind finds the other, over all queries that have a right answer; NaN if there are
   * none.
   *
   * @param recallAt1 share of queries of rank 1, in [0, 1]
   * @param recallAt5 share of queries of rank at most 5
   * @param recallAt10 share of queries of rank at most 10
   * @param medianRank from 1; the mean of the two middle ranks if the queries are even in number
   * @param chanceAt1 what a random order is expected to reach: the mean over the queries of {@code
   *     1 - C(n - m, k) / C(n, k)} for m right ones among n
   * @param chanceAt5 as {@code chanceAt1} for the first 5
   * @param chanceAt10 as {@code chanceAt1} for the first 10
   */
  public record Direction(
      double recallAt1,
      double recallAt5,
      double recallAt10,
      double medianRank,
      double chanceAt1,
      double chanceAt5,
      double chanceAt10) {

    private Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      figures.put("recallAt1", recallAt1);
      figures.put("recallAt5", recallAt5);
      figures.put("recallAt10", recallAt10);
      figures.put("medianRank", medianRank);
      figures.put("chanceAt1", chanceAt1);
      figures.put("chanceAt5", chanceAt5);
      figures.put("chanceAt10", chanceAt10);
      return figures;
    }
  }

  /** Both directions. */
  public record Result(Direction imageToText, Direction textToImage) {

    /** All numbers by names such as {@code imageToText.recallAt1}, always in the same order. */
    public Map<String, Double> figures() {
      Map<String, Double> figures = new LinkedHashMap<>();
      imageToText.figures().forEach((name, value) -> figures.put("imageToText." + name, value));
      textToImage.figures().forEach((name, value) -> figures.put("textToImage." + name, value));
      return Collections.unmodifiableMap(figures);
    }
  }

  /**
   * Measures both directions.
   *
   * @param textsOf rows of {@code texts} that are right for each image. Images and texts without a
   *     partner are not asked about but can be found, wrongly
   */
  public static Result of(FeatureMatrix images, FeatureMatrix texts, List<List<Integer>> textsOf) {
    Require.that(
        images.rows() == textsOf.size(),
        "%d rows of features for %d images".formatted(images.rows(), textsOf.size()));
    List<int[]> rightTexts = textsOf.stream().map(Retrieval::distinct).toList();
    List<int[]> rightImages = inverse(rightTexts, texts.rows());
    Ranking ranking = Ranking.ofDirections(images, texts);
    return new Result(direction(ranking, rightTexts), direction(ranking.reversed(), rightImages));
  }

  /**
   * The {@code k} rows of the gallery that are nearest to a row of {@code query}, or all if there
   * are fewer: nearest first, equally near ones in the gallery's order.
   */
  public static int[] best(FeatureMatrix gallery, FeatureMatrix query, int row, int k) {
    Require.positive("k", k);
    return Ranking.ofDirections(query.row(row), gallery).best(0, k);
  }

  /** How near two rows are, in [-1, 1]. */
  public static double cosine(FeatureMatrix gallery, int row, FeatureMatrix query, int queryRow) {
    return query.row(queryRow).unitRows().dot(0, gallery.row(row).unitRows(), 0);
  }

  private static Direction direction(Ranking ranking, List<int[]> right) {
    int[] asked = IntStream.range(0, right.size()).filter(i -> right.get(i).length > 0).toArray();
    int[] ranks =
        Arrays.stream(asked).parallel().map(i -> ranking.rank(i, right.get(i))).sorted().toArray();
    int[] answers = Arrays.stream(asked).map(i -> right.get(i).length).toArray();
    int size = ranking.gallery().rows();
    return new Direction(
        recall(ranks, 1),
        recall(ranks, 5),
        recall(ranks, 10),
        median(ranks),
        chance(answers, size, 1),
        chance(answers, size, 5),
        chance(answers, size, 10));
  }

  private static double recall(int[] ranks, int k) {
    long found = Arrays.stream(ranks).filter(rank -> rank <= k).count();
    return ranks.length == 0 ? Double.NaN : (double) found / ranks.length;
  }

  private static double median(int[] sorted) {
    int length = sorted.length;
    return length == 0 ? Double.NaN : (sorted[(length - 1) / 2] + (double) sorted[length / 2]) / 2;
  }

  private static double chance(int[] answers, int size, int k) {
    return Arrays.stream(answers)
        .mapToDouble(right -> chance(right, size, k))
        .average()
        .orElse(Double.NaN);
  }

  private static double chance(int right, int size, int k) {
    double allWrong = 1;
    for (int drawn = 0; drawn < Math.min(k, size); drawn++) {
      allWrong *= (double) Math.max(0, size - right - drawn) / (size - drawn);
    }
    return 1 - allWrong;
  }

  private static int[] distinct(List<Integer> rows) {
    return rows.stream().mapToInt(Integer::intValue).distinct().toArray();
  }

  private static List<int[]> inverse(List<int[]> rightTexts, int texts) {
    List<IntStream.Builder> images = Stream.generate(IntStream::builder).limit(texts).toList();
    for (int image = 0; image < rightTexts.size(); image++) {
      for (int text : rightTexts.get(image)) {
        Require.that(
            text >= 0 && text < texts,
            "Image %d names text %d of %d texts.".formatted(image, text, texts));
        images.get(text).add(image);
      }
    }
    return images.stream().map(builder -> builder.build().toArray()).toList();
  }
}
