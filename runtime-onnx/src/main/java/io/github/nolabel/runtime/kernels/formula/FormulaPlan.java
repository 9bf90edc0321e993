package io.github.nolabel.runtime.kernels.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.IntConsumer;

/**
 * How a {@link Formula} runs where some of its inputs hold one number: what follows from those
 * alone is computed once, and an array is filled anew as soon as nobody reads it any more, so that
 * few arrays have to fit into a core's cache.
 */
final class FormulaPlan {

  private static final int NOWHERE = -1;

  private final Formula formula;

  /** Registers that hold one number. */
  private final Set<Integer> singles;

  /** By the register of the result, so that those that are read come first. */
  private final SortedMap<Integer, FormulaLoop> loops;

  /** By register: the loop that reads it last; the number of registers for what is written out. */
  private final int[] end;

  /** By register: which array it lies in. */
  private final int[] place;

  private int arrays;

  private FormulaPlan(Formula formula, Set<Integer> singles) {
    this.formula = formula;
    this.singles = new HashSet<>(singles);
    this.end = new int[formula.registers()];
    this.place = new int[formula.registers()];
    findSingles();
    this.loops = FormulaLoops.of(formula, this.singles);
    findEnds();
    findPlaces();
  }

  /**
   * @param singles inputs that hold one number
   */
  static FormulaPlan of(Formula formula, Set<Integer> singles) {
    return new FormulaPlan(formula, singles);
  }

  Formula formula() {
    return formula;
  }

  private void findSingles() {
    for (int i = 0; i < formula.steps().size(); i++) {
      Formula.Step step = formula.steps().get(i);
      int register = formula.inputs() + i;
      boolean holdsOne = singles.contains(step.first()) && singles.contains(step.second());
      if (holdsOne && !formula.results().contains(register)) {
        singles.add(register);
      }
    }
  }

  private void findEnds() {
    Arrays.fill(end, NOWHERE);
    loops.forEach((register, loop) -> loop.reads().forEach(read -> end[read] = register));
    formula.results().forEach(register -> end[register] = formula.registers());
  }

  private void findPlaces() {
    Deque<Integer> free = new ArrayDeque<>();
    Arrays.fill(place, NOWHERE);
    for (int input = 0; input < formula.inputs(); input++) {
      put(input, free);
    }
    loops.forEach(
        (register, loop) -> {
          for (int read : loop.reads()) {
            if (end[read] == register) {
              free.push(place[read]);
            }
          }
          put(register, free);
        });
  }

  private void put(int register, Deque<Integer> free) {
    if (!singles.contains(register) && end[register] != NOWHERE) {
      place[register] = free.isEmpty() ? arrays++ : free.pop();
    }
  }

  /** How many arrays {@link #steps} work with. */
  int arrays() {
    return arrays;
  }

  /** Whether a register has an array; an input that has none need not be read. */
  boolean hasArray(int register) {
    return place[register] != NOWHERE;
  }

  /** The one in which a register lies. */
  float[] array(int register, float[][] arrays) {
    return arrays[place[register]];
  }

  /**
   * What single registers hold.
   *
   * @param inputs by register; of others than single ones anything
   */
  float[] numbers(float[] inputs) {
    float[] numbers = Arrays.copyOf(inputs, formula.registers());
    for (int i = 0; i < formula.steps().size(); i++) {
      Formula.Step step = formula.steps().get(i);
      numbers[formula.inputs() + i] =
          step.operation().of(numbers[step.first()], numbers[step.second()]);
    }
    return numbers;
  }

  /**
   * The loops in these arrays, each of which takes the first so many positions.
   *
   * @param numbers as {@link #numbers} gives them
   */
  List<IntConsumer> steps(float[][] arrays, float[] numbers) {
    List<IntConsumer> steps = new ArrayList<>();
    loops.forEach(
        (register, loop) ->
            steps.add(loop.in(array(register, arrays), read -> array(read, arrays), numbers)));
    return steps;
  }
}
