package io.github.nolabel.runtime.kernels.formula;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.runtime.kernels.formula.ConditionalFormula.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionalFormulaTest {

  /** Inputs 0, 1 and a condition 2: 0 / 1, its root or 0, the first or that, which are written. */
  private static final ConditionalFormula FORMULA =
      new ConditionalFormula(
          3,
          List.of(
              Step.of(Operation.DIV, 0, 1),
              Step.of(Operation.SQRT, 3, 3),
              Step.choice(2, 4, 0),
              Step.of(Operation.ADD, 5, 1),
              Step.choice(2, 6, 1)),
          List.of(5, 7));

  @Test
  void itSurvivesItsCode() {
    assertThat(ConditionalFormula.decode(3, FORMULA.encoded(), List.of(5L, 7L))).isEqualTo(FORMULA);
    assertThat(FORMULA.conditions()).containsExactly(2);
  }

  @Test
  void whereTheConditionHoldsAllIsComputed() {
    Formula taken = FORMULA.when(condition -> true);
    assertThat(taken.steps())
        .containsExactly(
            new Formula.Step(Operation.DIV, 0, 1),
            new Formula.Step(Operation.SQRT, 3, 3),
            new Formula.Step(Operation.ADD, 4, 1));
    assertThat(taken.results()).containsExactly(4, 5);
    assertThat(taken.changed()).containsExactly(0, 1);
  }

  @Test
  void whatIsNotTakenIsNotComputed() {
    Formula left = FORMULA.when(condition -> false);
    assertThat(left.steps()).isEmpty();
    assertThat(left.results()).containsExactly(0, 1);
    assertThat(left.changed()).isEmpty();
  }

  @Test
  void whatBothNeedIsComputedInAnyCase() {
    ConditionalFormula formula =
        new ConditionalFormula(
            2,
            List.of(
                Step.of(Operation.SQRT, 0, 0), Step.choice(1, 2, 0), Step.of(Operation.MUL, 3, 2)),
            List.of(4));
    assertThat(formula.when(condition -> false).steps())
        .containsExactly(
            new Formula.Step(Operation.SQRT, 0, 0), new Formula.Step(Operation.MUL, 0, 2));
    assertThat(formula.when(condition -> true).steps())
        .containsExactly(
            new Formula.Step(Operation.SQRT, 0, 0), new Formula.Step(Operation.MUL, 2, 2));
  }
}
