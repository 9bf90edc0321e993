package io.github.nolabel.runtime.kernels.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.runtime.kernels.formula.Formula.Step;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FormulaPlanTest {

  private static final int COUNT = 3;
  private static final float[] A = {8, -3, 1e-20f};
  private static final float[] B = {2, 7, 3e20f};

  /** Inputs 0 and 1, then 0 - 1, its root, the root / 1 and that + 0, of which two are written. */
  private static final Formula FORMULA =
      new Formula(
          2,
          List.of(
              new Step(Operation.SUB, 0, 1),
              new Step(Operation.SQRT, 2, 2),
              new Step(Operation.DIV, 3, 1),
              new Step(Operation.ADD, 4, 0)),
          List.of(5, 2));

  @Test
  void whatIsReadLaterIsNotOverwritten() {
    float[][] results = run(FORMULA, Set.of(), new float[] {9, 5, 1}, new float[] {5, 1, 1});
    assertThat(results[1]).containsExactly(4, 4, 0);
    assertThat(results[0]).containsExactly(2 / 5f + 9, 2 + 5f, 1);
  }

  @Test
  void arraysThatNobodyReadsAnyMoreAreFilledAnew() {
    assertThat(FormulaPlan.of(FORMULA, Set.of()).arrays()).isEqualTo(4);
    assertThat(FormulaPlan.of(FORMULA, Set.of(1)).arrays()).isEqualTo(3);
  }

  @Test
  void anInputThatNobodyReadsHasNoArray() {
    Formula formula = new Formula(2, List.of(new Step(Operation.SQRT, 1, 1)), List.of(2));
    FormulaPlan plan = FormulaPlan.of(formula, Set.of());
    assertThat(plan.hasArray(0)).isFalse();
    assertThat(plan.hasArray(1)).isTrue();
  }

  @Test
  void aResultOfSingleNumbersIsSpread() {
    Formula formula = new Formula(2, List.of(new Step(Operation.DIV, 0, 1)), List.of(2));
    float[][] results = run(formula, Set.of(0, 1), new float[] {1}, new float[] {3});
    assertThat(results[0]).containsExactly(1 / 3f, 1 / 3f, 1 / 3f);
  }

  @ParameterizedTest
  @EnumSource(Operation.class)
  void aSingleNumberCountsAsIfItStoodEverywhere(Operation operation) {
    Formula formula = new Formula(2, List.of(new Step(operation, 0, 1)), List.of(2));
    float[] number = {-0.3f, -0.3f, -0.3f};
    if (operation != Operation.SQRT) {
      assertThat(run(formula, Set.of(0), number, B))
          .isDeepEqualTo(run(formula, Set.of(), number, B));
      assertThat(run(formula, Set.of(1), A, number))
          .isDeepEqualTo(run(formula, Set.of(), A, number));
    }
    float[] expected = new float[COUNT];
    for (int i = 0; i < COUNT; i++) {
      expected[i] = operation.of(A[i], B[i]);
    }
    assertThat(run(formula, Set.of(), A, B)[0]).isEqualTo(expected);
  }

  private static float[][] run(Formula formula, Set<Integer> singles, float[] a, float[] b) {
    FormulaPlan plan = FormulaPlan.of(formula, singles);
    float[][] arrays = new float[plan.arrays()][COUNT];
    float[][] inputs = {a, b};
    for (int i = 0; i < inputs.length; i++) {
      if (plan.hasArray(i)) {
        System.arraycopy(inputs[i], 0, plan.array(i, arrays), 0, COUNT);
      }
    }
    plan.steps(arrays, plan.numbers(new float[] {a[0], b[0]})).forEach(step -> step.accept(COUNT));
    return formula.results().stream().map(r -> plan.array(r, arrays)).toArray(float[][]::new);
  }
}
