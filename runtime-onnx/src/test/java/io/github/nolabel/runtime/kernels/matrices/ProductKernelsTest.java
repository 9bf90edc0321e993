package io.github.nolabel.runtime.kernels.matrices;

import static io.github.nolabel.runtime.OnnxText.attribute;
import static io.github.nolabel.runtime.kernels.OperatorRun.ours;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.kernels.OperatorRun;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.memory.OnnxRuntimeException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** oneDNN's matrix products against ONNX Runtime's own. */
class ProductKernelsTest {

  private static final double TOLERANCE = 1e-5;

  /** Half of the last of eight bits, twice, adding up at random. */
  private static final double BF16_TOLERANCE = 1e-2;

  private final OperatorRun run = new OperatorRun();

  @BeforeEach
  void theProcessorHasBf16() {
    assumeTrue(Arithmetic.obstacle().isEmpty(), "the processor has bf16");
  }

  /**
   * @param flags of FusedMatMul that are set
   */
  record Product(String name, Shape a, Shape b, Shape y, float alpha, List<String> flags) {

    OnnxModel model() {
      List<TensorSpec> inputs = List.of(TensorSpec.floats("a", a), TensorSpec.floats("b", b));
      List<TensorSpec> outputs = List.of(TensorSpec.floats("y", y));
      OnnxText text = new OnnxText().inputs(inputs);
      boolean plain = alpha == 1 && flags.isEmpty();
      OnnxText with =
          plain
              ? text.node("y = MatMul(a, b)")
              : text.microsoft(
                  "y = FusedMatMul(a, b)",
                  attribute("alpha", alpha),
                  flag("transA"),
                  flag("transB"),
                  flag("transBatchA"),
                  flag("transBatchB"));
      return new OnnxModel(with.outputs(outputs).bytes(), inputs, outputs);
    }

    /** What is multiplied as it is, as rounding would not pay. */
    boolean isSmall() {
      int rank = a.rank();
      long depth = a.at(0)[flags.contains("transA") ? Math.max(0, rank - 2) : rank - 1];
      return Arrays.stream(y.at(0)).reduce(depth, (p, q) -> p * q) < 1 << 22;
    }

    private ai.onnx.proto.OnnxMl.AttributeProto flag(String flag) {
      return attribute(flag, flags.contains(flag) ? 1L : 0L);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Product> products() {
    return List.of(
        of("two matrices", List.of(17, 5), List.of(5, 9), List.of(17, 9)),
        of("large", List.of(200, 192), List.of(192, 160), List.of(200, 160)),
        of("a vector before", List.of(5), List.of(5, 9), List.of(9)),
        of("a vector behind", List.of(3, 7, 5), List.of(5), List.of(3, 7)),
        of("tokens and weights", List.of(16, 65, 96), List.of(96, 64), List.of(16, 65, 64)),
        of("as many", List.of(4, 3, 65, 64), List.of(4, 3, 64, 65), List.of(4, 3, 65, 65)),
        of("spread", List.of(4, 1, 20, 32), List.of(3, 32, 24), List.of(4, 3, 20, 24)),
        of("one for all", List.of(20, 32), List.of(6, 32, 24), List.of(6, 20, 24)),
        fused("gradient", List.of(2080, 48), List.of(2080, 64), List.of(48, 64), 1, "transA"),
        fused("narrow", List.of(8192, 16), List.of(8192, 17), List.of(16, 17), 1, "transA"),
        fused("for x", List.of(16, 65, 64), List.of(96, 64), List.of(16, 65, 96), 1, "transB"),
        fused("a factor", List.of(6, 9, 8), List.of(6, 9, 8), List.of(6, 9, 9), 0.125f, "transB"),
        fused("both", List.of(6, 8, 9), List.of(6, 7, 8), List.of(6, 9, 7), 2, "transA", "transB"),
        fused("rows first", List.of(9, 6, 8), List.of(6, 8, 7), List.of(6, 9, 7), 1, "transBatchA"),
        fused(
            "both first",
            List.of(9, 6, 8),
            List.of(8, 6, 7),
            List.of(6, 9, 7),
            1,
            "transBatchA",
            "transBatchB"),
        fused(
            "turned after that",
            List.of(8, 6, 9),
            List.of(6, 8, 7),
            List.of(6, 9, 7),
            1,
            "transBatchA",
            "transA"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("products")
  void theResultsAgreeAsFarAsTheirDigitsGo(Product row) {
    run.assertAgree(row.model(), Arithmetic.BF16, row.isSmall() ? TOLERANCE : BF16_TOLERANCE);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("products")
  void theSameThreadsGiveTheSameBits(Product row) {
    run.assertRepeats(row.model(), Arithmetic.BF16);
  }

  @Test
  void matricesThatDoNotFitAreAnErrorThatNamesTheNode() {
    OnnxModel model = of("", List.of(4, 5), List.of(6, 7), List.of(4, 7)).model();
    assertThatThrownBy(() -> run.results(model, 2, ours(model).in(Arithmetic.BF16)))
        .isInstanceOf(OnnxRuntimeException.class)
        .hasMessageContaining("matrices [4, 5] and [6, 7] do not go together");
  }

  private static Product of(String name, List<Integer> a, List<Integer> b, List<Integer> y) {
    return fused(name, a, b, y, 1);
  }

  private static Product fused(
      String name,
      List<Integer> a,
      List<Integer> b,
      List<Integer> y,
      float alpha,
      String... flags) {
    return new Product(name, shape(a), shape(b), shape(y), alpha, List.of(flags));
  }

  private static Shape shape(List<Integer> extents) {
    return Shape.of(extents.stream().mapToLong(Integer::longValue).toArray());
  }
}
