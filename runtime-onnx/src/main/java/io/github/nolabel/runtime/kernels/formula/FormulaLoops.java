package io.github.nolabel.runtime.kernels.formula;

import static io.github.nolabel.runtime.kernels.formula.FormulaLoop.Scaled.NONE;

import io.github.nolabel.runtime.kernels.formula.Formula.Step;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.RootQuotient;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.Scaled;
import io.github.nolabel.runtime.kernels.formula.FormulaLoop.ScaledSum;
import java.util.HashSet;
import java.util.List;
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
    return singles.contains(step.first()) || singles.contains(step.second())
        ? alone(step)
        : new ScaledSum(
            scaled(step.first()), scaled(step.second()), step.operation() == Operation.SUB);
  }

  private FormulaLoop quotient(Step step) {
    if (singles.contains(step.first()) || !isInside(step.second(), Operation.ADD)) {
      return alone(step);
    }
    Step spread = step(step.second());
    return singles.contains(spread.second()) && isInside(spread.first(), Operation.SQRT)
        ? new RootQuotient(
            scaled(step.first()), scaled(step(spread.first()).first()), spread.second())
        : alone(step);
  }

  /** As a product, if it is one that nobody else reads. */
  private Scaled scaled(int register) {
    if (isInside(register, Operation.MUL)) {
      Step product = step(register);
      if (singles.contains(product.first())) {
        return new Scaled(product.second(), product.first());
      }
      if (singles.contains(product.second())) {
        return new Scaled(product.first(), product.second());
      }
    }
    return new Scaled(register, NONE);
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
