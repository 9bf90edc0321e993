package io.github.nolabel.networks.rules;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.table.OperatorCall;
import io.github.nolabel.networks.table.WeightUse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Einstein sums as products of matrices, from left to right: shared letters that the result or a
 * later value has are batches, those that none has are summed over.
 */
final class EinsumRule {

  private static final String DOTS = "...";
  private static final String TERM = "[A-Za-z]*(\\.\\.\\.[A-Za-z]*)?";
  private static final String PLAIN = TERM + "(," + TERM + ")*->" + TERM;

  /** Letters for the axes that dots stand for, the last axis last. */
  private static final String COVERED = "0123456789";

  private EinsumRule() {}

  /** A value, and a letter for each of its axes. */
  private record Labelled(Value value, String letters) {
    boolean has(char letter) {
      return letters.indexOf(letter) >= 0;
    }
  }

  static Value of(OperatorCall call) {
    String equation = call.attributes().text("equation", "").replace(" ", "");
    if (!equation.matches(PLAIN)) {
      throw call.refuse(
          "'%s' is no sum of values with a letter per axis".formatted(equation),
          "Write it as MatMul and Transpose.");
    }
    String[] sides = equation.split("->", -1);
    List<Labelled> factors = factors(call, sides[0].split(",", -1));
    String wanted = wanted(call, factors, sides[1]);
    Labelled result = factors.get(0);
    for (int i = 1; i < factors.size(); i++) {
      String kept = wanted + letters(factors.subList(i + 1, factors.size()));
      result = product(call, result, factors.get(i), kept);
    }
    return ordered(call.g(), summed(call.g(), result, wanted), wanted);
  }

  private static List<Labelled> factors(OperatorCall call, String[] terms) {
    if (call.inputCount() != terms.length) {
      throw call.refuse(
          "%d terms for %d values".formatted(terms.length, call.inputCount()),
          "The file is damaged.");
    }
    List<Labelled> factors = new ArrayList<>();
    for (int i = 0; i < terms.length; i++) {
      factors.add(labelled(call, call.live(i, WeightUse.KERNEL), terms[i]));
    }
    return factors;
  }

  private static Labelled labelled(OperatorCall call, Value value, String term) {
    int rank = value.shape().rank();
    int covered = Math.max(0, rank - term.replace(DOTS, "").length());
    String own = term.replace(DOTS, last(Math.min(covered, COVERED.length())));
    if (own.length() != rank || own.chars().distinct().count() != rank) {
      throw call.refuse(
          "'%s' does not fit %s".formatted(term, value.shape()), "The file is damaged.");
    }
    return new Labelled(value, own);
  }

  private static String last(int axes) {
    return COVERED.substring(COVERED.length() - axes);
  }

  /** The result's letters, in its order. */
  private static String wanted(OperatorCall call, List<Labelled> factors, String term) {
    String given = letters(factors);
    int covered = (int) COVERED.chars().filter(c -> given.indexOf(c) >= 0).count();
    String wanted = term.replace(DOTS, last(covered));
    boolean known = wanted.chars().allMatch(c -> given.indexOf(c) >= 0);
    boolean dotted = covered == 0 || term.contains(DOTS);
    if (!known || !dotted || wanted.chars().distinct().count() != wanted.length()) {
      throw call.refuse(
          "no result '%s' can be made of its values".formatted(term), "The file is damaged.");
    }
    return wanted;
  }

  private static String letters(List<Labelled> factors) {
    return factors.stream().map(Labelled::letters).collect(Collectors.joining());
  }

  private static Labelled product(OperatorCall call, Labelled a, Labelled b, String kept) {
    Ops g = call.g();
    Labelled one = stretched(g, a, b);
    Labelled other = stretched(g, b, a);
    requireSame(call, one, other);
    Labelled left = summed(g, one, kept + other.letters());
    Labelled right = summed(g, other, kept + one.letters());
    String batch = where(left, c -> right.has(c) && kept.indexOf(c) >= 0);
    String inner = where(left, c -> right.has(c) && kept.indexOf(c) < 0);
    String rows = where(left, c -> !right.has(c));
    String columns = where(right, c -> !left.has(c));
    Value product =
        g.matMul(grouped(g, left, batch, rows, inner), grouped(g, right, batch, inner, columns));
    String letters = batch + rows + columns;
    Map<Character, Dim> dims = dims(left);
    dims.putAll(dims(right));
    List<Dim> shape = letters.chars().mapToObj(c -> dim(dims, (char) c)).toList();
    return new Labelled(g.reshape(product, new Shape(shape)), letters);
  }

  /** Without the axes of one place where the other value has several. */
  private static Labelled stretched(Ops g, Labelled x, Labelled other) {
    Map<Character, Dim> own = dims(x);
    Map<Character, Dim> others = dims(other);
    Dim one = Dim.of(1);
    return summed(
        g, x, where(x, c -> !one.equals(own.get(c)) || one.equals(others.getOrDefault(c, one))));
  }

  private static void requireSame(OperatorCall call, Labelled a, Labelled b) {
    Map<Character, Dim> right = dims(b);
    dims(a)
        .forEach(
            (letter, dim) -> {
              if (b.has(letter) && !dim.equals(right.get(letter))) {
                throw call.refuse(
                    "'%s' is %s and %s".formatted(letter, dim, right.get(letter)),
                    "The file is damaged.");
              }
            });
  }

  /** Three axes, or two where there is no batch. */
  private static Value grouped(Ops g, Labelled x, String batch, String first, String second) {
    Value turned = ordered(g, x, batch + first + second);
    Map<Character, Dim> dims = dims(x);
    List<Dim> shape = new ArrayList<>();
    for (String group : batch.isEmpty() ? List.of(first, second) : List.of(batch, first, second)) {
      List<Dim> own = group.chars().mapToObj(c -> dim(dims, (char) c)).toList();
      shape.add(new Shape(own).elements());
    }
    return g.reshape(turned, new Shape(shape));
  }

  private static Labelled summed(Ops g, Labelled x, String kept) {
    String dropped = where(x, c -> kept.indexOf(c) < 0);
    if (dropped.isEmpty()) {
      return x;
    }
    int[] axes = dropped.chars().map(x.letters()::indexOf).sorted().toArray();
    return new Labelled(g.reduceSum(x.value(), false, axes), where(x, c -> kept.indexOf(c) >= 0));
  }

  private static Value ordered(Ops g, Labelled x, String letters) {
    return x.letters().equals(letters)
        ? x.value()
        : g.transpose(x.value(), letters.chars().map(x.letters()::indexOf).toArray());
  }

  private static Map<Character, Dim> dims(Labelled x) {
    Map<Character, Dim> dims = new TreeMap<>();
    for (int i = 0; i < x.letters().length(); i++) {
      dims.put(x.letters().charAt(i), x.value().shape().dim(i));
    }
    return dims;
  }

  private static Dim dim(Map<Character, Dim> dims, char letter) {
    return dims.getOrDefault(letter, Dim.of(1));
  }

  private static String where(Labelled x, Predicate<Character> condition) {
    StringBuilder found = new StringBuilder();
    for (char letter : x.letters().toCharArray()) {
      if (condition.test(letter)) {
        found.append(letter);
      }
    }
    return found.toString();
  }
}
