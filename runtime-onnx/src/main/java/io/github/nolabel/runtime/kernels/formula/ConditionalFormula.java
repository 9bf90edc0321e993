package io.github.nolabel.runtime.kernels.formula;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A {@link Formula} some of whose steps take one of two registers, by an input that holds one
 * number for all positions: what an optimizer does at those steps that end an update.
 *
 * @param inputs how many
 * @param results the registers that are written out
 */
record ConditionalFormula(int inputs, List<Step> steps, List<Integer> results) {

  /** In the place of an operation's code. */
  private static final long CHOICE = -1;

  /** Numbers that encode a step. */
  private static final int WIDTH = 4;

  ConditionalFormula {
    steps = List.copyOf(steps);
    results = List.copyOf(results);
  }

  /**
   * @param code of the operation
   * @param second the first one again where the operation takes one operand
   * @param condition of a choice: the input that says whether it is the first one
   */
  record Step(long code, int first, int second, int condition) {

    static Step of(Operation operation, int first, int second) {
      return new Step(operation.code(), first, second, 0);
    }

    static Step choice(int condition, int first, int second) {
      return new Step(CHOICE, first, second, condition);
    }

    boolean isChoice() {
      return code == CHOICE;
    }
  }

  /** The steps as whole numbers. */
  List<Long> encoded() {
    List<Long> numbers = new ArrayList<>();
    for (Step step : steps) {
      numbers.addAll(
          List.of(step.code(), (long) step.first(), (long) step.second(), (long) step.condition()));
    }
    return numbers;
  }

  /** What {@link #encoded} has written. */
  static ConditionalFormula decode(int inputs, List<Long> numbers, List<Long> results) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < numbers.size(); i += WIDTH) {
      List<Long> step = numbers.subList(i, i + WIDTH);
      steps.add(
          new Step(
              step.get(0), step.get(1).intValue(), step.get(2).intValue(), step.get(3).intValue()));
    }
    return new ConditionalFormula(inputs, steps, results.stream().map(Long::intValue).toList());
  }

  /** The inputs that say which register is taken. */
  Set<Integer> conditions() {
    return steps.stream().filter(Step::isChoice).map(Step::condition).collect(Collectors.toSet());
  }

  /**
   * The formula without choices, and without steps that only those need which are not taken.
   *
   * @param holds whether a condition does
   */
  Formula when(IntPredicate holds) {
    return new Taken(holds).formula();
  }

  /** What is taken of it, from the results back to the inputs. */
  private final class Taken {

    private final IntPredicate holds;
    private final List<Formula.Step> kept = new ArrayList<>();

    /** By the registers of all steps. */
    private final int[] registers = IntStream.range(0, inputs + steps.size()).toArray();

    Taken(IntPredicate holds) {
      this.holds = holds;
    }

    Formula formula() {
      Set<Integer> needed = new TreeSet<>();
      results.forEach(result -> need(taken(result), needed));
      needed.forEach(this::keep);
      return new Formula(
          inputs, kept, results.stream().map(result -> registers[taken(result)]).toList());
    }

    /** The register itself, or the one that is taken in its place. */
    private int taken(int register) {
      if (register < inputs || !step(register).isChoice()) {
        return register;
      }
      Step choice = step(register);
      return taken(holds.test(choice.condition()) ? choice.first() : choice.second());
    }

    private Step step(int register) {
      return steps.get(register - inputs);
    }

    private void need(int register, Set<Integer> needed) {
      if (register >= inputs && needed.add(register)) {
        need(taken(step(register).first()), needed);
        need(taken(step(register).second()), needed);
      }
    }

    private void keep(int register) {
      Step step = step(register);
      registers[register] = inputs + kept.size();
      kept.add(
          new Formula.Step(
              Operation.coded(step.code()),
              registers[taken(step.first())],
              registers[taken(step.second())]));
    }
  }
}
