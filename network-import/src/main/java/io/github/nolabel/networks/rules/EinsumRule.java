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

/**
 * Einstein sums of one or two values as a product of matrices: shared letters that the result keeps
 * are batches, those that it drops are summed over.
 */
final class EinsumRule {

  private static final String PLAIN = "[A-Za-z]*(,[A-Za-z]*)?->[A-Za-z]*";

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
          "'%s' is no sum of one or two values with a letter per axis".formatted(equation),
          "Write it as MatMul and Transpose.");
    }
    String[] sides = equation.split("->", -1);
    String[] letters = sides[0].split(",", -1);
    Labelled result = labelled(call, 0, letters);
    if (letters.length > 1) {
      result = product(call, result, labelled(call, 1, letters), sides[1]);
    }
    return ordered(call.g(), summed(call.g(), result, sides[1]), sides[1]);
  }

  private static Labelled labelled(OperatorCall call, int input, String[] letters) {
    String own = letters[input];
    Value value = call.live(input, WeightUse.KERNEL);
    boolean fits = call.inputCount() == letters.length && own.length() == value.shape().rank();
    if (!fits || own.chars().distinct().count() != own.length()) {
      throw call.refuse(
          "'%s' does not fit %s".formatted(own, value.shape()), "The file is damaged.");
    }
    return new Labelled(value, own);
  }

  private static Labelled product(OperatorCall call, Labelled a, Labelled b, String kept) {
    Ops g = call.g();
    requireSame(call, a, b);
    Labelled left = summed(g, a, kept + b.letters());
    Labelled right = summed(g, b, kept + a.letters());
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
