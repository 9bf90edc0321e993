package io.github.nolabel.runtime.kernels;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Which operators of a session have kernels here; all others keep ONNX Runtime's.
 *
 * @param reasons why other operators have none, as parts of a sentence
 */
public record KernelChoice(List<Operator> operators, List<String> reasons) {

  static final String ONEDNN = "onednn";
  static final String ONNXRUNTIME = "onnxruntime";

  /** Nothing but ONNX Runtime's kernels, and nobody asks why. */
  public static final KernelChoice NONE = new KernelChoice(List.of(), List.of());

  public KernelChoice {
    operators = List.copyOf(operators);
    reasons = List.copyOf(reasons);
  }

  public boolean isEmpty() {
    return operators.isEmpty();
  }

  /** What changes the last bits, in a word: {@code onednn} or {@code onnxruntime}. */
  public String name() {
    return isEmpty() ? ONNXRUNTIME : ONEDNN;
  }

  /** For people: {@code oneDNN 3.11.0 for Conv and ConvGrad, else ONNX Runtime's}. */
  public String described() {
    String why = reasons.isEmpty() ? "" : " (%s)".formatted(String.join("; ", reasons));
    if (isEmpty()) {
      return "ONNX Runtime's" + why;
    }
    String names = operators.stream().map(Operator::name).collect(Collectors.joining(" and "));
    return "oneDNN %s for %s, else ONNX Runtime's%s".formatted(OneDnn.version(), names, why);
  }
}
