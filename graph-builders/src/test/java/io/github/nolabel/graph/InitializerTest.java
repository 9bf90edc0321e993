package io.github.nolabel.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Sharing;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Sample moments of 40,000 draws; the tolerances are more than four standard errors wide. */
class InitializerTest {

  private static final Shape SHAPE = Shape.of(200, 200);

  @Test
  void kaimingHasVarianceTwoOverFanOut() {
    assertThat(deviation(Initializer.kaimingFanOut(50)))
        .isCloseTo(Math.sqrt(2 / 50.0), within(4e-3));
  }

  @Test
  void fanInIsUniformInOneOverItsRoot() {
    float[] values = draw(Initializer.fanIn(16));
    for (float value : values) {
      assertThat(value).isBetween(-0.25f, 0.25f);
    }
    assertThat(deviation(Initializer.fanIn(16))).isCloseTo(0.25 / Math.sqrt(3), within(4e-3));
  }

  @Test
  void truncatedNormalHasTheDeviationThatIsAskedFor() {
    assertThat(deviation(Initializer.truncatedNormal(0.02))).isCloseTo(0.02, within(4e-4));
  }

  /** Cut at two, a standard normal's deviation is 0.87963. */
  @Test
  void truncatedNormalStaysWithinTwo() {
    for (float value : draw(Initializer.truncatedNormal(1))) {
      assertThat(Math.abs(value)).isLessThanOrEqualTo(2f);
    }
    assertThat(deviation(Initializer.truncatedNormal(1))).isCloseTo(0.87963, within(2e-2));
  }

  @Test
  void valuesDependOnSeedAndNameAlone() {
    Parameter a = parameter("a/weight");
    assertThat(Initializer.draw(a, 1).sameBits(Initializer.draw(a, 1))).isTrue();
    assertThat(Initializer.draw(a, 1).sameBits(Initializer.draw(a, 2))).isFalse();
    assertThat(Initializer.draw(a, 1).sameBits(Initializer.draw(parameter("b/weight"), 1)))
        .isFalse();
  }

  private static Parameter parameter(String name) {
    Value value = new Value(name, ElementType.FLOAT, SHAPE);
    return new Parameter(
        value, Role.WEIGHT, true, Sharing.AVERAGED, Initializer.normal(1), value.name(), 0);
  }

  private static float[] draw(Initializer initializer) {
    Tensor tensor = initializer.draw(SHAPE, new SplittableRandom(11));
    return tensor.toFloats();
  }

  private static double deviation(Initializer initializer) {
    float[] values = draw(initializer);
    double sum = 0;
    double squares = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
    }
    double mean = sum / values.length;
    return Math.sqrt(squares / values.length - mean * mean);
  }
}
