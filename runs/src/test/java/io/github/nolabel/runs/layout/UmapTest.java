package io.github.nolabel.runs.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.evaluation.FeatureMatrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class UmapTest {

  private static final int GROUPS = 8;
  private static final int EACH = 30;
  private static final int WIDTH = 16;

  /** Eight groups around axes of their own: a plane has no room for them, two axes at a time. */
  private static FeatureMatrix groups(long seed) {
    Random random = new Random(seed);
    float[] values = new float[GROUPS * EACH * WIDTH];
    for (int i = 0; i < values.length; i++) {
      int group = i / WIDTH % GROUPS;
      values[i] = (i % WIDTH == group ? 1 : 0) + 0.12f * (float) random.nextGaussian();
    }
    return FeatureMatrix.of(WIDTH, values);
  }

  @Test
  void neighboursAreKeptBetterThanInThePrincipalPlane() {
    FeatureMatrix features = groups(3);
    Places plane = PrincipalPlane.of(features).places();
    Places map = Umap.of(features, plane, 7);
    assertThat(trustworthiness(features, map, 10))
        .as(
            "trustworthiness; that of the principal plane is %s",
            trustworthiness(features, plane, 10))
        .isGreaterThan(trustworthiness(features, plane, 10) + 0.05)
        .isGreaterThan(0.9);
    assertThat(map.neighboursKept(features, 10)).isGreaterThan(plane.neighboursKept(features, 10));
  }

  @Test
  void groupsStayTogetherAndApartFromOthers() {
    FeatureMatrix features = groups(4);
    Places map = Umap.of(features, PrincipalPlane.of(features).places(), 7);
    for (int row = 0; row < map.size(); row++) {
      int asked = row;
      int nearest = byDistance(map, row).get(0);
      assertThat(nearest % GROUPS).as("group of the nearest to %d", asked).isEqualTo(row % GROUPS);
    }
  }

  @Test
  void theSeedDecidesThePicture() {
    FeatureMatrix features = groups(5);
    Places plane = PrincipalPlane.of(features).places();
    assertThat(Umap.of(features, plane, 1)).isEqualTo(Umap.of(features, plane, 1));
    assertThat(Umap.of(features, plane, 1)).isNotEqualTo(Umap.of(features, plane, 2));
  }

  @Test
  void equalRowsAndFewRowsHavePlacesToo() {
    FeatureMatrix equal = FeatureMatrix.of(2, new float[] {1, 0, 1, 0, 1, 0, 1, 0, 1, 0});
    Places map = Umap.of(equal, PrincipalPlane.of(equal).places(), 1);
    assertThat(map.x()).hasSize(5).allMatch(Double::isFinite);
    assertThat(map.y()).allMatch(Double::isFinite);
    FeatureMatrix two = FeatureMatrix.of(2, 1, 0, 0, 1);
    Places start = PrincipalPlane.of(two).places();
    assertThat(Umap.of(two, start, 1)).isEqualTo(start);
  }

  /** {@code sum_j exp(-(d_ij - rho_i) / sigma_i) = log2 k}, and the nearest is surely one. */
  @Test
  void everyRowHasEquallyManyNeighboursByItsOwnYardstick() {
    for (double scale : new double[] {1e-4, 1, 1.7}) {
      double[] weights =
          FuzzyNeighbours.weights(
              IntStream.rangeClosed(1, 16).mapToDouble(i -> scale * i / 16).toArray());
      assertThat(Arrays.stream(weights).sum()).isCloseTo(4, within(1e-6));
      assertThat(weights[0]).isEqualTo(1);
      assertThat(weights).isSortedAccordingTo(Comparator.reverseOrder());
    }
  }

  /** {@code a + b - ab}: surer than each side alone, and the same whoever is asked. */
  @Test
  void twoViewsOfAPairAreJoinedAsFuzzySets() {
    NearestRows nearest =
        new NearestRows(
            List.of(new int[] {1, 2}, new int[] {0, 2}, new int[] {1, 0}),
            List.of(new double[] {0.1, 0.5}, new double[] {0.1, 0.2}, new double[] {0.2, 0.5}));
    double a = FuzzyNeighbours.weights(0.1, 0.5)[1];
    double b = FuzzyNeighbours.weights(0.2, 0.5)[1];
    assertThat(FuzzyNeighbours.of(nearest).pairs())
        .filteredOn(pair -> pair.one() == 0 && pair.other() == 2)
        .singleElement()
        .satisfies(pair -> assertThat(pair.weight()).isCloseTo(a + b - a * b, within(1e-12)));
  }

  /**
   * Venna and Kaski 2001: {@code 1 - 2 / (n k (2n - 3k - 1)) sum (rank - k)} over the k nearest in
   * the plane that are not among the k nearest of the features; 1 if there are none.
   */
  private static double trustworthiness(FeatureMatrix features, Places places, int k) {
    FeatureMatrix unit = features.unitRows();
    int n = places.size();
    long missed = 0;
    for (int row = 0; row < n; row++) {
      int asked = row;
      List<Integer> ranked =
          IntStream.range(0, n)
              .filter(other -> other != asked)
              .boxed()
              .sorted(Comparator.comparingDouble(other -> -unit.dot(asked, other)))
              .toList();
      for (int near : byDistance(places, row).subList(0, k)) {
        missed += Math.max(0, ranked.indexOf(near) + 1 - k);
      }
    }
    return 1 - 2.0 / (n * (double) k * (2.0 * n - 3.0 * k - 1)) * missed;
  }

  private static List<Integer> byDistance(Places places, int row) {
    return IntStream.range(0, places.size())
        .filter(other -> other != row)
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                other ->
                    Math.hypot(
                        places.x().get(row) - places.x().get(other),
                        places.y().get(row) - places.y().get(other))))
        .toList();
  }
}
