package io.github.nolabel.graph;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What people read when operands do not fit. */
class ShapeMismatchTest {

  private final GraphBuilder builder = new GraphBuilder(Mode.TRAINING);
  private final Ops g = builder.ops("net");
  private final Value row = builder.input("row", Shape.of(3));
  private final Value matrix = builder.input("matrix", Shape.of(2, 4));
  private final Value batch = builder.input("batch", Shape.batched(3));
  private final Value image = builder.input("image", Shape.batched(3, 8, 8));

  private static void refused(Runnable building, String message) {
    assertThatThrownBy(building::run)
        .isInstanceOf(ShapeMismatchException.class)
        .hasMessage(message);
  }

  @Test
  void elementwise() {
    refused(
        () -> g.add(row, matrix),
        "Add cannot combine [3] with [2, 4]: axis 1 is 3 on the left and 4 on the right");
    refused(
        () -> g.mul(batch, builder.input("other", Shape.of(5, 3))),
        "Mul cannot combine [N, 3] with [5, 3]: axis 0 is N on the left and 5 on the right");
    refused(
        () -> g.less(row, matrix),
        "Less cannot combine [3] with [2, 4]: axis 1 is 3 on the left and 4 on the right");
    refused(
        () -> g.where(g.less(row, row), matrix, matrix),
        "Where cannot combine [3] with [2, 4]: axis 1 is 3 on the left and 4 on the right");
  }

  @Test
  void products() {
    refused(
        () -> g.matMul(batch, matrix),
        "MatMul cannot combine [N, 3] with [2, 4]: needs [..., n, k] and [..., k, m]");
    refused(
        () -> g.matMul(row, matrix),
        "MatMul cannot combine [3] with [2, 4]: both need two axes or more");
    refused(
        () -> g.gemm(batch, matrix, row, false, false),
        "Gemm cannot combine [N, 3] with [2, 4]: needs [n, k] and [k, m]");
    refused(
        () -> g.gemm(row, matrix, row, false, false),
        "Gemm cannot combine [3] with [2, 4]: needs [n, k] and [k, m]");
    Value large = builder.input("large", Shape.of(5, 2, 2));
    refused(
        () -> g.gemm(matrix, matrix, large, false, true),
        "Gemm cannot combine [5, 2, 2] with [2, 2]: the addend is too large");
  }

  @Test
  void reductionsAndAxes() {
    refused(() -> g.reduceSum(matrix, true, 2), "ReduceSum cannot take [2, 4]: it has no axis 2");
    refused(() -> g.softmax(matrix, -3), "Softmax cannot take [2, 4]: it has no axis -3");
  }

  @Test
  void rearrangements() {
    refused(
        () -> g.reshape(matrix, Shape.of(3, 3)),
        "Reshape cannot combine [2, 4] with [3, 3]: the numbers of elements differ");
    refused(
        () -> g.transpose(matrix, 0),
        "Transpose cannot take [2, 4]: the permutation [0] does not name each axis once");
    refused(
        () -> g.transpose(matrix, 1, 1),
        "Transpose cannot take [2, 4]: the permutation [1, 1] does not name each axis once");
    refused(
        () -> g.concat(0, batch, matrix),
        "Concat cannot combine [N, 3] with [2, 4]: only axis 0 may differ");
    refused(
        () -> g.concat(0, matrix, row),
        "Concat cannot combine [2, 4] with [3]: only axis 0 may differ");
    refused(
        () -> g.split(matrix, 1, 2, 3),
        "Split cannot take [2, 4]: pieces [2, 3] do not fill axis 1");
    refused(
        () -> g.splitLike(batch, 0, List.of(batch, batch)),
        "SplitLike cannot take [N, 3]: the pieces' extents add up to 2N");
    refused(() -> g.slice(matrix, 1, 2, 5), "Slice cannot take [2, 4]: [2, 5) by 1 on axis 1");
    refused(
        () -> g.expandLike(matrix, row),
        "Expand cannot combine [2, 4] with [3]: axis 1 is 4 on the left and 3 on the right");
    refused(
        () -> g.expandLike(batch, row),
        "Expand cannot combine [N, 3] with [3]: the target is smaller");
    refused(() -> g.tile(matrix, 2), "Tile cannot take [2, 4]: needs one repeat per axis");
    refused(
        () -> g.pad(matrix, List.of(1L), List.of(1L)),
        "Pad cannot take [2, 4]: needs one count before and after per axis");
    refused(() -> g.squeeze(matrix, 0), "Squeeze cannot take [2, 4]: axis 0 is not 1");
    refused(() -> g.unsqueeze(row, 3), "Unsqueeze cannot take [3]: the result has no axis 3");
  }

  @Test
  void indexing() {
    Value index = g.numbers(3);
    refused(
        () -> g.gatherElements(matrix, index, 0),
        "GatherElements cannot combine [2, 4] with [3]: both need the same number of axes");
    refused(
        () -> g.scatterAdd(matrix, index, row, 0),
        "ScatterElements cannot combine [2, 4] with [3]: both need the same number of axes");
    refused(
        () -> g.scatter(row, g.numbers(2), row, 0),
        "ScatterElements cannot combine [2] with [3]: each update needs one index");
    refused(() -> g.topK(matrix, 5, 1), "TopK cannot take [2, 4]: 5 of axis 1");
  }

  @Test
  void convolution() {
    Value weight = builder.input("weight", Shape.of(4, 2, 3, 3));
    refused(
        () -> g.conv(image, weight, Window.of(3)),
        "Conv cannot combine [N, 3, 8, 8] with [4, 2, 3, 3]: channels, groups or kernel differ in "
            + "Window[kernel=3, stride=1, padding=0, dilation=1, groups=1]");
    refused(
        () -> g.conv(matrix, weight, Window.of(3)),
        "Conv cannot combine [2, 4] with [4, 2, 3, 3]: needs [N, C, H, W] and [O, C / groups, h, w]");
    refused(
        () -> g.maxPool(image, Window.of(9)),
        "MaxPool cannot take [N, 3, 8, 8]: Window[kernel=9, stride=1, padding=0, dilation=1, "
            + "groups=1] does not fit axis 2");
    refused(
        () -> g.maxPool(matrix, Window.of(2)), "MaxPool cannot take [2, 4]: needs [N, C, H, W]");
    refused(
        () -> g.globalAveragePool(matrix),
        "GlobalAveragePool cannot take [2, 4]: needs [N, C, H, W]");
  }
}
