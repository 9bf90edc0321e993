package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.kernels.formula.FormulaKernel;
import io.github.nolabel.runtime.kernels.formula.SquareSumKernel;
import io.github.nolabel.runtime.kernels.maps.MapOperators;
import io.github.nolabel.runtime.kernels.matrices.RowOperators;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which operators of a session have kernels here; all others keep ONNX Runtime's.
 *
 * @param reasons why other operators have none, as parts of a sentence
 * @param arithmetic of these operators
 * @param maps whether feature maps stay in the kernels' layout
 * @param tiles whether convolutions may compute squares of results
 */
public record KernelChoice(
    List<Operator> operators,
    List<String> reasons,
    Arithmetic arithmetic,
    Maps maps,
    boolean tiles) {

  /** Whether feature maps stay in the kernels' layout from operator to operator. */
  public enum Maps {
    NEVER,
    WHERE_THEY_PAY,
    ALWAYS
  }

  static final String ONEDNN = "onednn";
  static final String ONNXRUNTIME = "onnxruntime";

  /** Nothing but ONNX Runtime's kernels, and nobody asks why. */
  public static final KernelChoice NONE =
      new KernelChoice(List.of(), List.of(), Arithmetic.FP32, Maps.WHERE_THEY_PAY, false);

  public KernelChoice {
    operators = List.copyOf(operators);
    reasons = List.copyOf(reasons);
  }

  /** The same operators in this arithmetic. */
  public KernelChoice in(Arithmetic other) {
    return new KernelChoice(operators, reasons, other, maps, tiles);
  }

  /** The same operators with feature maps so. */
  public KernelChoice with(Maps other) {
    return new KernelChoice(operators, reasons, arithmetic, other, tiles);
  }

  /** The same operators with or without tiles. */
  public KernelChoice withTiles(boolean other) {
    return new KernelChoice(operators, reasons, arithmetic, maps, other);
  }

  /** Those that are quicker in this arithmetic. */
  private List<Operator> used() {
    return arithmetic == Arithmetic.BF16
        ? operators
        : operators.stream().filter(operator -> !Operators.isProduct(operator)).toList();
  }

  /** All operators that a session has to know. */
  List<Operator> registered() {
    if (isEmpty()) {
      return List.of();
    }
    Stream<Operator> maps = hasMaps() ? MapOperators.all().stream() : Stream.empty();
    Stream<Operator> rows = hasProducts() ? RowOperators.all().stream() : Stream.empty();
    Stream<Operator> updates = Stream.of(FormulaKernel.OPERATOR, SquareSumKernel.OPERATOR);
    return Stream.of(used().stream(), maps, rows, updates).flatMap(operators -> operators).toList();
  }

  /** Whether feature maps may stay in the kernels' layout between operators. */
  boolean hasMaps() {
    return maps != Maps.NEVER && operators.containsAll(Operators.CONVOLUTIONS);
  }

  /** Whether convolutions may compute squares of results. */
  boolean hasTiles() {
    return tiles && hasMaps();
  }

  /** Whether matrix products have kernels. */
  boolean hasProducts() {
    return used().containsAll(Operators.PRODUCTS);
  }

  public boolean isEmpty() {
    return used().isEmpty();
  }

  /**
   * What changes the last bits, in a word: {@code onednn}, {@code onednn-bf16}, both with {@code
   * -tiles} after them, or {@code onnxruntime}.
   */
  public String name() {
    if (isEmpty()) {
      return ONNXRUNTIME;
    }
    return ONEDNN + (arithmetic == Arithmetic.BF16 ? "-bf16" : "") + (hasTiles() ? "-tiles" : "");
  }

  /** For people: {@code oneDNN 3.11.0 for Conv, ConvGrad, else ONNX Runtime's}. */
  public String described() {
    String why = reasons.isEmpty() ? "" : " (%s)".formatted(String.join("; ", reasons));
    if (isEmpty()) {
      return "ONNX Runtime's" + why;
    }
    String names = used().stream().map(Operator::name).collect(Collectors.joining(", "));
    String numbers =
        (arithmetic == Arithmetic.BF16 ? " in bf16" : "") + (hasTiles() ? " with tiles" : "");
    return "oneDNN %s for %s%s, else ONNX Runtime's%s"
        .formatted(OneDnn.version(), names, numbers, why);
  }
}
