package io.github.nolabel.runtime.kernels.formula;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A calculation that takes each position of its tensors by itself: what an optimizer does to a
 * weight. Registers are numbered: first the inputs, then the results of the steps in order.
 *
 * @param inputs how many
 * @param results the registers that are written out
 */
record Formula(int inputs, List<Step> steps, List<Integer> results) {

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

  /** The places among the results of those that differ from the input in the same place. */
  List<Integer> changed() {
    return IntStream.range(0, results.size()).filter(i -> results.get(i) != i).boxed().toList();
  }

  /** The same with these of the results alone. */
  Formula writing(List<Integer> places) {
    return new Formula(inputs, steps, places.stream().map(results::get).toList());
  }
}
