package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Operator.Count;
import io.github.nolabel.runtime.kernels.node.Operator.Maps;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Computes a {@link ConditionalFormula} in pieces that stay in a core's cache, so that every tensor
 * passes through memory once. Inputs are as large as the results, or hold one number.
 *
 * <p>The first input says when the formula may run. The next ones are the states that the results
 * replace, one for each; they are read and written in place.
 */
public final class FormulaKernel implements Kernel {

  static final String DOMAIN = "io.github.nolabel.formulas";
  static final String NAME = "Formula";
  static final int MOST_INPUTS = 96;
  public static final int MOST_RESULTS = 32;

  /** Where the inputs that hold numbers begin. */
  public static final int FIRST = 1;

  public static final Operator OPERATOR =
      new Operator(
          DOMAIN,
          NAME,
          Count.of(FIRST + MOST_INPUTS, FIRST + 1),
          Count.of(MOST_RESULTS, 1),
          Maps.NONE,
          FormulaKernel::of);

  static final String STEPS = "steps";
  static final String RESULTS = "results";
  static final String INPUTS = "inputs";

  /** Numbers that a thread takes in one turn. */
  private static final int TURN = 1 << 16;

  private final ConditionalFormula formula;
  private final Set<Integer> conditions;
  private final Workplace place;
  private final FloatViews read = new FloatViews();
  private final FloatViews written = new FloatViews();

  /** By the conditions that hold, and the inputs that hold one number. */
  private final Map<List<Set<Integer>>, Taken> taken = new HashMap<>();

  private FormulaKernel(ConditionalFormula formula, Workplace place) {
    this.formula = formula;
    this.conditions = formula.conditions();
    this.place = place;
  }

  static Kernel of(NodeAttributes node, Workplace place) {
    ConditionalFormula formula =
        ConditionalFormula.decode(
            (int) node.whole(INPUTS, 0),
            node.list(STEPS, List.of()),
            node.list(RESULTS, List.of()));
    return new FormulaKernel(formula, place);
  }

  /**
   * What is done in one case.
   *
   * @param changed the places of the results that are written
   */
  private record Taken(List<Integer> changed, FormulaPlan plan) {}

  private Taken taken(Set<Integer> holding, Set<Integer> singles) {
    Formula without = formula.when(holding::contains);
    List<Integer> changed = without.changed();
    return new Taken(changed, FormulaPlan.of(without.writing(changed), singles));
  }

  @Override
  public void compute(KernelCall call) {
    List<NativeTensor> inputs = new ArrayList<>();
    for (int i = 0; i < formula.inputs(); i++) {
      inputs.add(call.input(FIRST + i));
    }
    List<Long> extents = extents(inputs);
    List<FormulaSource> sources = sources(inputs, extents);
    List<NativeTensor> results = new ArrayList<>();
    for (int i = 0; i < formula.results().size(); i++) {
      results.add(Objects.requireNonNull(call.output(i, extents), "a result that nobody reads"));
    }
    Taken now =
        taken.computeIfAbsent(
            List.of(holding(sources), singles(sources)), key -> taken(key.get(0), key.get(1)));
    if (!now.changed().isEmpty()) {
      List<FloatBuffer> all = written.of(results);
      List<FloatBuffer> changed = now.changed().stream().map(all::get).toList();
      write(call, new FormulaPass(now.plan(), sources, changed));
    }
  }

  private List<FormulaSource> sources(List<NativeTensor> inputs, List<Long> all) {
    List<FloatBuffer> numbers = read.of(inputs);
    List<FormulaSource> sources = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      sources.add(new FormulaSource(numbers.get(i), inputs.get(i).extents(), all));
    }
    return sources;
  }

  private Set<Integer> holding(List<FormulaSource> sources) {
    Set<Integer> holding = new HashSet<>(conditions);
    holding.removeIf(condition -> sources.get(condition).first() == 0);
    return holding;
  }

  private void write(KernelCall call, FormulaPass pass) {
    int elements = pass.elements();
    call.parallel(
        Math.max(1, (elements + TURN - 1) / TURN),
        turn -> turn(pass, turn * TURN, Math.min(elements, (turn + 1) * TURN)));
  }

  private static List<Long> extents(List<NativeTensor> inputs) {
    NativeTensor largest = inputs.get(0);
    for (NativeTensor input : inputs) {
      largest = input.elements() > largest.elements() ? input : largest;
    }
    return largest.extents();
  }

  private static Set<Integer> singles(List<FormulaSource> sources) {
    Set<Integer> singles = new HashSet<>();
    for (int i = 0; i < sources.size(); i++) {
      if (sources.get(i).isSingle()) {
        singles.add(i);
      }
    }
    return singles;
  }

  private void turn(FormulaPass pass, int begin, int end) {
    float[][] arrays = place.memory().registers().take(pass.arrays());
    pass.run(begin, end, arrays);
    place.memory().registers().giveBack(arrays);
  }
}
