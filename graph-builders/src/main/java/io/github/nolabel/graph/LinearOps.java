package io.github.nolabel.graph;

import io.github.nolabel.api.Dim;
import io.github.nolabel.api.Shape;
import java.util.ArrayList;
import java.util.List;

/** Products of matrices. */
public sealed interface LinearOps extends Emitter permits Ops {

  /** {@code [..., n, k] x [..., k, m] -> [..., n, m]}; leading axes broadcast. */
  default Value matMul(Value a, Value b) {
    requireMatrices(a, b);
    Shape left = a.shape();
    Shape right = b.shape();
    if (!left.dim(-1).equals(right.dim(-2))) {
      throw new ShapeMismatchException("MatMul", left, right, "needs [..., n, k] and [..., k, m]");
    }
    Shape leading = Shapes.broadcast("MatMul", leading(left), leading(right));
    List<Dim> dims = new ArrayList<>(leading.dims());
    dims.add(left.dim(-2));
    dims.add(right.dim(-1));
    return emit("MatMul", new Shape(dims), Attributes.NONE, a, b);
  }

  /** {@code a x b + c} with {@code [n, k], [k, m]} and {@code c} broadcast to {@code [n, m]}. */
  default Value gemm(Value a, Value b, Value c, boolean transposeA, boolean transposeB) {
    if (a.shape().rank() != 2 || b.shape().rank() != 2) {
      throw new ShapeMismatchException("Gemm", a.shape(), b.shape(), "needs [n, k] and [k, m]");
    }
    Dim rows = a.shape().dim(transposeA ? 1 : 0);
    Dim inner = a.shape().dim(transposeA ? 0 : 1);
    Dim innerB = b.shape().dim(transposeB ? 1 : 0);
    Dim columns = b.shape().dim(transposeB ? 0 : 1);
    if (!inner.equals(innerB)) {
      throw new ShapeMismatchException("Gemm", a.shape(), b.shape(), "needs [n, k] and [k, m]");
    }
    Shape shape = new Shape(List.of(rows, columns));
    if (!Shapes.broadcast("Gemm", c.shape(), shape).equals(shape)) {
      throw new ShapeMismatchException("Gemm", c.shape(), shape, "the addend is too large");
    }
    Attributes attributes = Attributes.NONE.with("transA", transposeA).with("transB", transposeB);
    return emit("Gemm", shape, attributes, a, b, c);
  }

  private static void requireMatrices(Value a, Value b) {
    if (a.shape().rank() < 2 || b.shape().rank() < 2) {
      throw new ShapeMismatchException(
          "MatMul", a.shape(), b.shape(), "both need two axes or more");
    }
  }

  private static Shape leading(Shape shape) {
    return new Shape(shape.dims().subList(0, shape.rank() - 2));
  }
}
