package io.github.nolabel.runtime.kernels.formula;

import static io.github.nolabel.runtime.kernels.formula.FormulaLoop.Scaled.NONE;

import io.github.nolabel.runtime.kernels.formula.Formula.Step;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.RootQuotient;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.RootStep;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.Scaled;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.ScaledSum;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds the steps of a {@link Formula} that one loop can take together. */
final class FormulaLoops {

  private final Formula formula;

  /** Registers that hold one number. */
  private final Set<Integer> singles;

  /** By register: how many steps read it. */
  private final int[] readers;

  private FormulaLoops(Formula formula, Set<Integer> singles) {
    this.formula = formula;
    this.singles = singles;
    this.readers = new int[formula.registers()];
    for (Step step : formula.steps()) {
      Set.copyOf(List.of(step.first(), step.second())).forEach(register -> readers[register]++);
    }
  }

  /**
   * The loops that have to run, by the register of their results.
   *
   * @param singles registers that hold one number
   */
  static SortedMap<Integer, FormulaLoop> of(Formula formula, Set<Integer> singles) {
    return new FormulaLoops(formula, singles).found();
  }

  /** From the results back to the inputs. */
  private SortedMap<Integer, FormulaLoop> found() {
    SortedMap<Integer, FormulaLoop> loops = new TreeMap<>();
    Set<Integer> read = new HashSet<>(formula.results());
    for (int register = formula.registers() - 1; register >= formula.inputs(); register--) {
      if (read.contains(register)) {
        FormulaLoop loop = loop(step(register));
        loops.put(register, loop);
        read.addAll(loop.reads());
      }
    }
    return loops;
  }

  private FormulaLoop loop(Step step) {
    return switch (step.operation()) {
      case ADD, SUB -> sum(step);
      case DIV -> quotient(step);
      case MUL, SQRT -> alone(step);
    };
  }

  private FormulaLoop alone(Step step) {
    Set<Integer> operands = new HashSet<>(List.of(step.first(), step.second()));
    operands.retainAll(singles);
    return new FormulaLoop.Alone(step, operands);
  }

  private FormulaLoop sum(Step step) {
    if (singles.contains(step.first()) || singles.contains(step.second())) {
      return alone(step);
    }
    boolean minus = step.operation() == Operation.SUB;
    Scaled second = scaled(step.second());
    return (minus ? rootStep(step.first(), second) : Optional.<FormulaLoop>empty())
        .orElseGet(() -> new ScaledSum(scaled(step.first()), squared(second), minus));
  }

  private Optional<FormulaLoop> rootStep(int x, Scaled way) {
    if (way.factor() == NONE) {
      return Optional.empty();
    }
    if (!isInside(way.register(), Operation.ADD)) {
      return direction(way.register()).map(d -> new RootStep(x, d, NONE, way.factor()));
    }
    Step sum = step(way.register());
    Scaled decay = scaled(sum.second());
    return decay.register() == x && decay.factor() != NONE
        ? direction(sum.first()).map(d -> new RootStep(x, d, decay.factor(), way.factor()))
        : Optional.empty();
  }

  private Optional<RootQuotient> direction(int register) {
    return isInside(register, Operation.DIV) ? rootQuotient(step(register)) : Optional.empty();
  }

  private FormulaLoop quotient(Step step) {
    return rootQuotient(step).<FormulaLoop>map(found -> found).orElseGet(() -> alone(step));
  }

  private Optional<RootQuotient> rootQuotient(Step step) {
    if (singles.contains(step.first()) || !isInside(step.second(), Operation.ADD)) {
      return Optional.empty();
    }
    Step spread = step(step.second());
    return singles.contains(spread.second()) && isInside(spread.first(), Operation.SQRT)
        ? Optional.of(
            new RootQuotient(
                scaled(step.first()), scaled(step(spread.first()).first()), spread.second()))
        : Optional.empty();
  }

  /** As a product, if it is one that nobody else reads. */
  private Scaled scaled(int register) {
    if (isInside(register, Operation.MUL)) {
      Step product = step(register);
      if (singles.contains(product.first())) {
        return new Scaled(product.second(), false, product.first());
      }
      if (singles.contains(product.second())) {
        return new Scaled(product.first(), false, product.second());
      }
    }
    return new Scaled(register, false, NONE);
  }

  /** As a scaled square, if it is one. */
  private Scaled squared(Scaled scaled) {
    int register = scaled.register();
    if (!isInside(register, Operation.MUL) || step(register).first() != step(register).second()) {
      return scaled;
    }
    return new Scaled(step(register).first(), true, scaled.factor());
  }

  /** Whether it comes from this operation and is read by one step alone. */
  private boolean isInside(int register, Operation operation) {
    return register >= formula.inputs()
        && !singles.contains(register)
        && step(register).operation() == operation
        && readers[register] == 1
        && !formula.results().contains(register);
  }

  private Step step(int register) {
    return formula.steps().get(register - formula.inputs());
  }
}
