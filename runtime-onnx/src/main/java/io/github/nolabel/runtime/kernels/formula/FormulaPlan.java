package io.github.nolabel.runtime.kernels.formula;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/**
 * How a {@link Formula} runs where some of its inputs hold one number: what follows from those
 * alone is computed once, and an array is filled anew as soon as nobody reads it any more, so that
 * few arrays have to fit into a core's cache.
 */
final class FormulaPlan {

  private static final int NOWHERE = -1;

  private final Formula formula;

  /** By register. */
  private final boolean[] single;

  /** By register: the step that reads it last; the number of steps for what is written out. */
  private final int[] end;

  /** By register: which array it lies in. */
  private final int[] place;

  private int arrays;

  private FormulaPlan(Formula formula, Set<Integer> singles) {
    this.formula = formula;
    this.single = new boolean[formula.registers()];
    this.end = new int[formula.registers()];
    this.place = new int[formula.registers()];
    singles.forEach(input -> single[input] = true);
    findSingles();
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
      single[register] =
          single[step.first()] && single[step.second()] && !formula.results().contains(register);
    }
  }

  private void findEnds() {
    Arrays.fill(end, NOWHERE);
    for (int i = 0; i < formula.steps().size(); i++) {
      end[formula.steps().get(i).first()] = i;
      end[formula.steps().get(i).second()] = i;
    }
    formula.results().forEach(register -> end[register] = formula.steps().size());
  }

  private void findPlaces() {
    Deque<Integer> free = new ArrayDeque<>();
    Arrays.fill(place, NOWHERE);
    for (int input = 0; input < formula.inputs(); input++) {
      put(input, free);
    }
    for (int i = 0; i < formula.steps().size(); i++) {
      Formula.Step step = formula.steps().get(i);
      for (int read : Set.copyOf(List.of(step.first(), step.second()))) {
        if (end[read] == i && place[read] != NOWHERE) {
          free.push(place[read]);
        }
      }
      put(formula.inputs() + i, free);
    }
  }

  private void put(int register, Deque<Integer> free) {
    if (!single[register] && end[register] != NOWHERE) {
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
   * The steps in these arrays, each of which takes the first so many positions.
   *
   * @param numbers as {@link #numbers} gives them
   */
  List<IntConsumer> steps(float[][] arrays, float[] numbers) {
    List<IntConsumer> steps = new ArrayList<>();
    for (int i = 0; i < formula.steps().size(); i++) {
      if (hasArray(formula.inputs() + i)) {
        float[] result = array(formula.inputs() + i, arrays);
        steps.add(step(formula.steps().get(i), result, arrays, numbers));
      }
    }
    return steps;
  }

  private IntConsumer step(Formula.Step step, float[] result, float[][] arrays, float[] numbers) {
    Operation operation = step.operation();
    float x = numbers[step.first()];
    float y = numbers[step.second()];
    if (single[step.first()] && single[step.second()]) {
      float value = operation.of(x, y);
      return count -> Arrays.fill(result, 0, count, value);
    }
    if (single[step.second()]) {
      float[] a = array(step.first(), arrays);
      return count -> operation.apply(a, y, result, count);
    }
    float[] b = array(step.second(), arrays);
    if (single[step.first()]) {
      return count -> operation.apply(x, b, result, count);
    }
    float[] a = array(step.first(), arrays);
    return count -> operation.apply(a, b, result, count);
  }
}
