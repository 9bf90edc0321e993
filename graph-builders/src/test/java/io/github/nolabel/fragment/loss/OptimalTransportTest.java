package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.testing.Nd;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimalTransportTest {

  private static final int D = 6;
  private static final OptimalTransport IPOT = OptimalTransport.STANDARD;

  /** Words and regions, then their masks, each with one row per sample. */
  private static final LossCheck DISTANCE =
      new LossCheck(
          (g, x) ->
              IPOT.distance(g, vectors(g, x.get(0)), vectors(g, x.get(1)), x.get(2), x.get(3)));

  private static final LossCheck COST = new LossCheck(OptimalTransportTest::cost);
  private static final LossCheck PLAN =
      new LossCheck((g, x) -> IPOT.plan(g, cost(g, x), x.get(2), x.get(3)));

  /** By golden/ipot.py: all of A and C, one word less, two regions less, both. */
  private static final double[] GOLDEN = {
    0.969050394723, 0.954936454661, 0.975186231825, 0.961498887033
  };

  @Test
  void equalsTheGoldenDistances() {
    Nd[] inputs = {
      repeated(A), repeated(C), mask(4, 4, 3, 4, 3), mask(4, 4, 4, 2, 2),
    };
    assertThat(DISTANCE.tensor(inputs).toArray())
        .usingComparatorWithPrecision(1e-9)
        .containsExactly(GOLDEN);
    assertThat(DISTANCE.tensorByRuntime(inputs).toArray())
        .usingComparatorWithPrecision(1e-4)
        .containsExactly(GOLDEN);
  }

  @ParameterizedTest
  @CsvSource({"4,4", "5,5", "3,5", "5,2", "1,4"})
  void rowsAndColumnsOfThePlanSumToTheirShares(int n, int m) {
    double[] plan = PLAN.tensorByRuntime(noise(n, m)).toArray();
    for (int i = 0; i < n; i++) {
      assertThat(Arrays.stream(plan, m * i, m * i + m).sum()).isCloseTo(1.0 / n, within(1e-3));
    }
    for (int j = 0; j < m; j++) {
      int column = j;
      double sum = IntStream.range(0, n).mapToDouble(i -> plan[m * i + column]).sum();
      assertThat(sum).isCloseTo(1.0 / m, within(1e-3));
    }
  }

  @ParameterizedTest
  @CsvSource({"2,2", "4,4", "5,5", "2,3", "4,2", "1,4"})
  void costsAsMuchAsTheBestPlan(int n, int m) {
    Nd[] inputs = noise(n, m);
    double best = cheapest(COST.tensor(inputs).toArray(), n, m);
    assertThat(DISTANCE.byRuntime(inputs)).isCloseTo(best, within(Math.max(0.01, 0.01 * best)));
  }

  @Test
  void equalSetsInAnyOrderAreNoDistanceApart() {
    Nd reversed = Nd.of(new int[] {1, 24}, i -> A.at(6 * (3 - i / 6) + i % 6));
    double distance = DISTANCE.byRuntime(one(A), reversed, mask(4, 4), mask(4, 4));
    assertThat(distance).isCloseTo(0, within(0.01));
  }

  @Test
  void whatPaddingHoldsChangesNothing() {
    Nd words = Nd.of(new int[] {1, 24}, i -> i < 18 ? A.at(i) : 100 * Math.sin(i));
    Nd regions = Nd.of(new int[] {1, 24}, i -> i < 12 ? C.at(i) : 0);
    double distance = DISTANCE.byRuntime(words, regions, mask(4, 3), mask(4, 2));
    assertThat(distance).isCloseTo(GOLDEN[3], within(1e-4));
  }

  @Test
  void withoutAnyWordTheDistanceIsZero() {
    Nd[] inputs = {one(A), one(C), mask(4, 0), mask(4, 4)};
    assertThat(DISTANCE.byRuntime(inputs)).isZero();
    for (double slope : DISTANCE.gradient(0, inputs).toArray()) {
      assertThat(slope).isCloseTo(0, within(0.0));
    }
  }

  @Test
  void gradientsAreSlopesOfTheCostUnderTheFixedPlan() {
    Nd[] inputs = {one(A), one(C), mask(4, 3), mask(4, 4)};
    Nd plan = PLAN.tensor(inputs);
    Nd fixed = Nd.of(new int[] {1, 16}, plan.toArray());
    LossCheck carried =
        new LossCheck(
            (g, x) ->
                g.reduceSum(g.mul(cost(g, x), g.reshape(x.get(4), Shape.batched(4, 4))), false));
    Nd[] withPlan = {inputs[0], inputs[1], inputs[2], inputs[3], fixed};
    carried.gradientsAreSlopes(List.of(0, 1), withPlan);
    LossCheck total = new LossCheck((g, x) -> g.reduceSum(DISTANCE.loss().of(g, x), false));
    for (int index : List.of(0, 1)) {
      assertThat(total.gradient(index, inputs).toArray())
          .usingComparatorWithPrecision(1e-12)
          .containsExactly(carried.gradient(index, withPlan).toArray());
    }
  }

  private static Value cost(Ops g, List<Value> x) {
    return OptimalTransport.cost(g, vectors(g, x.get(0)), vectors(g, x.get(1)), x.get(2), x.get(3));
  }

  private static Value vectors(Ops g, Value x) {
    return g.reshape(x, Shape.batched(x.shape().extent(1) / D, D));
  }

  private static Nd[] noise(int n, int m) {
    Random random = new Random(10L * n + m);
    return new Nd[] {
      Nd.of(new int[] {1, n * D}, i -> random.nextGaussian()),
      Nd.of(new int[] {1, m * D}, i -> random.nextGaussian()),
      mask(n, n),
      mask(m, m)
    };
  }

  private static Nd one(Nd matrix) {
    return Nd.of(new int[] {1, matrix.size()}, matrix.toArray());
  }

  private static Nd repeated(Nd matrix) {
    return Nd.of(new int[] {4, matrix.size()}, i -> matrix.at(i % matrix.size()));
  }

  private static Nd mask(int length, int... present) {
    return Nd.of(new int[] {present.length, length}, i -> i % length < present[i / length] ? 1 : 0);
  }

  /** Every word and region split into equal parts, as many of both; the best way to pair them. */
  private static double cheapest(double[] cost, int n, int m) {
    int parts = IntStream.iterate(n, k -> k + n).filter(k -> k % m == 0).findFirst().orElseThrow();
    double[][] split = new double[parts][parts];
    for (int i = 0; i < parts; i++) {
      for (int j = 0; j < parts; j++) {
        split[i][j] = cost[i * n / parts * m + j * m / parts] / parts;
      }
    }
    return cheapest(split, 0, new boolean[parts]);
  }

  private static double cheapest(double[][] cost, int row, boolean[] taken) {
    if (row == taken.length) {
      return 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int column = 0; column < taken.length; column++) {
      if (!taken[column]) {
        taken[column] = true;
        best = Math.min(best, cost[row][column] + cheapest(cost, row + 1, taken));
        taken[column] = false;
      }
    }
    return best;
  }
}
