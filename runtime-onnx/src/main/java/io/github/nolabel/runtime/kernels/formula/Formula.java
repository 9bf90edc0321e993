package io.github.nolabel.runtime.kernels.formula;

import java.util.ArrayList;
import java.util.List;

/**
 * A calculation that takes each position of its tensors by itself: what an optimizer does to a
 * weight. Registers are numbered: first the inputs, then the results of the steps in order.
 *
 * @param inputs how many
 * @param results the registers that are written out
 */
record Formula(int inputs, List<Step> steps, List<Integer> results) {

  /** Numbers that encode a step. */
  private static final int WIDTH = 3;

  Formula {
    steps = List.copyOf(steps);
    results = List.copyOf(results);
  }

  /**
   * @param second the first one again where the operation takes one operand
   */
  record Step(Operation operation, int first, int second) {}

  /** How many numbers it has for each position. */
  int registers() {
    return inputs + steps.size();
  }

  /** The steps as whole numbers. */
  List<Long> encoded() {
    List<Long> numbers = new ArrayList<>();
    for (Step step : steps) {
      numbers.add((long) step.operation().code());
      numbers.add((long) step.first());
      numbers.add((long) step.second());
    }
    return numbers;
  }

  /** What {@link #encoded} has written. */
  static Formula decode(int inputs, List<Long> steps, List<Long> results) {
    List<Step> decoded = new ArrayList<>();
    for (int i = 0; i < steps.size(); i += WIDTH) {
      decoded.add(
          new Step(
              Operation.coded(steps.get(i)),
              steps.get(i + 1).intValue(),
              steps.get(i + 2).intValue()));
    }
    return new Formula(inputs, decoded, results.stream().map(Long::intValue).toList());
  }
}
