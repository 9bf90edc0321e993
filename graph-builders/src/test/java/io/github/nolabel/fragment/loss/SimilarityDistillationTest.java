package io.github.nolabel.fragment.loss;

import static io.github.nolabel.fragment.loss.LossCheck.A;
import static io.github.nolabel.fragment.loss.LossCheck.C;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.fragment.Vectors;
import io.github.nolabel.testing.Nd;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarityDistillationTest {

  private static final LossCheck UNIT = new LossCheck((g, x) -> Vectors.unit(g, x.get(0)));
  private static final Nd TEACHER = UNIT.tensor(C);
  private static final Nd EARLIER =
      UNIT.tensor(LossCheck.matrix(5, 6, (n, d) -> Math.sin(2 * d + n)));

  private static LossCheck loss(double teacherTemperature, double studentTemperature) {
    return new LossCheck(
        (g, x) ->
            new SimilarityDistillation(teacherTemperature, studentTemperature)
                .of(g, x.get(0), x.get(1), x.get(2)));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.07, 0.2, 1})
  void whoSeesWhatTheTeacherSeesPaysNothing(double temperature) {
    assertThat(loss(temperature, temperature).value(C.map(x -> 3 * x), TEACHER, EARLIER))
        .isCloseTo(0, within(1e-12));
    assertThat(loss(temperature, temperature).value(A, TEACHER, EARLIER)).isPositive();
  }

  /**
   * Teacher and student on orthogonal axes, nothing earlier but a third axis: p is e/(e+2) for the
   * own feature, q is uniform over the three if the student lies on a fourth.
   */
  @Test
  void aStudentThatSeesNothingPaysTheTeachersCertainty() {
    Nd teacher = LossCheck.matrix(2, 4, (i, j) -> i == j ? 1 : 0);
    Nd earlier = LossCheck.matrix(1, 4, (i, j) -> j == 2 ? 1 : 0);
    Nd student = LossCheck.matrix(2, 4, (i, j) -> j == 3 ? 7 : 0);
    double p = Math.E / (Math.E + 2);
    double other = 1 / (Math.E + 2);
    double entropy = -p * Math.log(p) - 2 * other * Math.log(other);
    assertThat(loss(1, 0.5).value(student, teacher, earlier))
        .isCloseTo(Math.log(3) - entropy, within(1e-12));
  }

  /** The teacher's own entropy is all that the two differ in. */
  @Test
  void differsFromTheCrossEntropyByAConstant() {
    LossCheck crossEntropy =
        new LossCheck(
            (g, x) -> {
              var anchors = g.transposeMatrix(g.concat(0, x.get(1), x.get(2)));
              var p = g.softmax(g.mul(g.matMul(x.get(1), anchors), 1 / 0.1), -1);
              var logits = g.mul(g.matMul(Vectors.unit(g, x.get(0)), anchors), 1 / 0.2);
              return CrossEntropy.ofTargets(g, logits, p);
            });
    double one =
        crossEntropy.value(A, TEACHER, EARLIER) - loss(0.1, 0.2).value(A, TEACHER, EARLIER);
    double two =
        crossEntropy.value(C, TEACHER, EARLIER) - loss(0.1, 0.2).value(C, TEACHER, EARLIER);
    assertThat(one).isCloseTo(two, within(1e-9)).isPositive();
  }

  @Test
  void gradientsAreSlopesAndReachTheStudentAlone() {
    loss(0.1, 0.2).gradientsAreSlopes(List.of(0), A, TEACHER, EARLIER);
    assertThat(loss(0.1, 0.2).gradient(0, A, TEACHER, EARLIER).toArray()).doesNotContain(0.0);
  }

  @Test
  void tinyTemperaturesStayFinite() {
    assertThat(loss(1e-3, 1e-3).byRuntime(A, TEACHER, EARLIER)).isFinite();
  }
}
