package io.github.nolabel.runtime.kernels.formula;

import static io.github.nolabel.runtime.kernels.formula.Operation.ADD;
import static io.github.nolabel.runtime.kernels.formula.Operation.DIV;
import static io.github.nolabel.runtime.kernels.formula.Operation.MUL;
import static io.github.nolabel.runtime.kernels.formula.Operation.SQRT;
import static io.github.nolabel.runtime.kernels.formula.Operation.SUB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.runtime.kernels.formula.Formula.Step;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.RootQuotient;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.RootStep;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.ScaledSum;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Steps that one loop takes together round as they do one after the other. */
class FormulaLoopsTest {

  private static final int COUNT = 5;
  private static final int INPUTS = 6;

  /** Of the inputs; the others are arrays. */
  private static final Set<Integer> SINGLES = Set.of(3, 4, 5);

  private static final List<Operation> OPERATIONS = List.of(Operation.values());

  private static final float[] NUMBERS = {
    0, -0f, 1, -2.5f, 1e-40f, 3e38f, Float.NaN, Float.POSITIVE_INFINITY, 0.1f
  };

  private final SplittableRandom random = new SplittableRandom(11);

  /** Moments 0 and 1 of gradient 2; factors 3 and 4, epsilon 5. */
  private static final List<Step> ADAM_DIRECTION =
      List.of(
          new Step(MUL, 0, 3),
          new Step(MUL, 2, 4),
          new Step(ADD, 6, 7),
          new Step(MUL, 2, 2),
          new Step(MUL, 1, 3),
          new Step(MUL, 9, 4),
          new Step(ADD, 10, 11),
          new Step(MUL, 8, 4),
          new Step(MUL, 12, 3),
          new Step(SQRT, 14, 14),
          new Step(ADD, 15, 5),
          new Step(DIV, 13, 16));

  @Test
  void anAdamDirectionIsThreeLoops() {
    assertLoops(
        new Formula(INPUTS, ADAM_DIRECTION, List.of(8, 12, 17)),
        ScaledSum.class,
        ScaledSum.class,
        RootQuotient.class);
  }

  @Test
  void aStepOfAdamIsThreeLoops() {
    Formula adam =
        new Formula(
            INPUTS,
            with(ADAM_DIRECTION, new Step(MUL, 17, 4), new Step(SUB, 2, 18)),
            List.of(19, 12, 8));
    assertLoops(adam, ScaledSum.class, ScaledSum.class, RootStep.class);
  }

  /** The weight is input 2 as well. */
  @Test
  void aStepWithDecayIsThreeLoops() {
    Formula adamW =
        new Formula(
            INPUTS,
            with(
                ADAM_DIRECTION,
                new Step(MUL, 2, 3),
                new Step(ADD, 17, 18),
                new Step(MUL, 19, 4),
                new Step(SUB, 2, 20)),
            List.of(21, 12, 8));
    assertLoops(adamW, ScaledSum.class, ScaledSum.class, RootStep.class);
  }

  @Test
  void theDecayOfAnotherTensorIsALoopOfItsOwn() {
    Formula formula =
        new Formula(
            INPUTS,
            with(
                ADAM_DIRECTION,
                new Step(MUL, 1, 3),
                new Step(ADD, 17, 18),
                new Step(MUL, 19, 4),
                new Step(SUB, 2, 20)),
            List.of(21, 12, 8));
    assertLoops(
        formula,
        ScaledSum.class,
        ScaledSum.class,
        RootQuotient.class,
        ScaledSum.class,
        ScaledSum.class);
  }

  private static List<Step> with(List<Step> steps, Step... more) {
    return Stream.concat(steps.stream(), Stream.of(more)).toList();
  }

  /** In this order, with results to the bit over many drawn numbers. */
  private void assertLoops(Formula formula, Class<?>... loops) {
    assertThat(FormulaLoops.of(formula, SINGLES).values())
        .extracting(Object::getClass)
        .containsExactly(loops);
    for (int i = 0; i < 100; i++) {
      assertRoundsAsItsSteps(formula);
    }
  }

  @Test
  void whatOthersReadIsComputedByItself() {
    Formula formula =
        new Formula(INPUTS, List.of(new Step(MUL, 0, 3), new Step(SUB, 1, 6)), List.of(7, 6));
    assertThat(FormulaLoops.of(formula, SINGLES)).containsOnlyKeys(6, 7);
    assertRoundsAsItsSteps(formula);
  }

  @Test
  void whatNobodyReadsIsNotComputed() {
    Formula formula =
        new Formula(INPUTS, List.of(new Step(MUL, 0, 1), new Step(ADD, 1, 2)), List.of(7));
    assertThat(FormulaLoops.of(formula, SINGLES)).containsOnlyKeys(7);
  }

  @Test
  void allFormulasRoundAsTheirSteps() {
    for (int i = 0; i < 3000; i++) {
      assertRoundsAsItsSteps(drawn(3 + random.nextInt(10)));
    }
  }

  private Formula drawn(int count) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Operation operation = OPERATIONS.get(random.nextInt(OPERATIONS.size()));
      int first = register(i);
      steps.add(new Step(operation, first, operation == SQRT ? first : register(i)));
    }
    int last = INPUTS + count - 1;
    return new Formula(INPUTS, steps, List.of(last, INPUTS + random.nextInt(count)));
  }

  /** Of the inputs or of steps before this one, the last of which are drawn most often. */
  private int register(int step) {
    return step > 0 && random.nextBoolean()
        ? INPUTS + Math.max(0, step - 1 - random.nextInt(2))
        : random.nextInt(INPUTS + step);
  }

  private void assertRoundsAsItsSteps(Formula formula) {
    float[][] inputs = new float[INPUTS][COUNT];
    for (int register = 0; register < INPUTS; register++) {
      for (int i = 0; i < COUNT; i++) {
        boolean first = i == 0 || !SINGLES.contains(register);
        inputs[register][i] = first ? number() : inputs[register][0];
      }
    }
    float[][] expected = stepByStep(formula, inputs);
    float[][] found = inLoops(formula, inputs);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).as("%s", formula).containsExactly(expected[i]);
    }
  }

  private float number() {
    return random.nextInt(4) == 0
        ? NUMBERS[random.nextInt(NUMBERS.length)]
        : (float) random.nextDouble(-2, 2);
  }

  private static float[][] stepByStep(Formula formula, float[][] inputs) {
    float[][] registers = new float[formula.registers()][COUNT];
    System.arraycopy(inputs, 0, registers, 0, INPUTS);
    for (int s = 0; s < formula.steps().size(); s++) {
      Step step = formula.steps().get(s);
      for (int i = 0; i < COUNT; i++) {
        registers[INPUTS + s][i] =
            step.operation().of(registers[step.first()][i], registers[step.second()][i]);
      }
    }
    return formula.results().stream().map(r -> registers[r]).toArray(float[][]::new);
  }

  private static float[][] inLoops(Formula formula, float[][] inputs) {
    FormulaPlan plan = FormulaPlan.of(formula, SINGLES);
    float[][] arrays = new float[plan.arrays()][COUNT];
    float[] first = new float[INPUTS];
    for (int i = 0; i < INPUTS; i++) {
      first[i] = inputs[i][0];
      if (plan.hasArray(i)) {
        System.arraycopy(inputs[i], 0, plan.array(i, arrays), 0, COUNT);
      }
    }
    plan.steps(arrays, plan.numbers(first)).forEach(step -> step.accept(COUNT));
    return formula.results().stream().map(r -> plan.array(r, arrays)).toArray(float[][]::new);
  }
}
