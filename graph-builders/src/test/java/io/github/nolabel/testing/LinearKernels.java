package io.github.nolabel.testing;

import io.github.nolabel.graph.Node;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

final class LinearKernels {

  private LinearKernels() {}

  static void addTo(Map<String, Kernel> kernels) {
    kernels.put("MatMul", Kernel.of((n, in) -> product(in.get(0), in.get(1))));
    kernels.put("Gemm", Kernel.of(LinearKernels::gemm));
  }

  private static Nd gemm(Node node, List<Nd> in) {
    Nd a = node.attributes().flag("transA") ? turned(in.get(0)) : in.get(0);
    Nd b = node.attributes().flag("transB") ? turned(in.get(1)) : in.get(1);
    Nd product = product(a, b);
    Nd addend = in.get(2).broadcastTo(product.shape());
    return Nd.of(product.shape(), i -> product.at(i) + addend.at(i));
  }

  private static Nd turned(Nd x) {
    int rows = x.extent(0);
    int columns = x.extent(1);
    return x.picked(new int[] {columns, rows}, i -> i % rows * columns + i / rows);
  }

  private static Nd product(Nd a, Nd b) {
    int rows = a.extent(-2);
    int inner = a.extent(-1);
    int columns = b.extent(-1);
    int[] leading = Index.broadcast(leading(a), leading(b));
    int[] shape = extended(leading, rows, columns);
    Nd left = a.broadcastTo(extended(leading, rows, inner));
    Nd right = b.broadcastTo(extended(leading, inner, columns));
    double[] result = new double[Index.size(shape)];
    for (int i = 0; i < result.length; i++) {
      int column = i % columns;
      int row = i / columns;
      int matrix = row / rows;
      for (int k = 0; k < inner; k++) {
        result[i] += left.at(row * inner + k) * right.at((matrix * inner + k) * columns + column);
      }
    }
    return Nd.of(shape, result);
  }

  private static int[] leading(Nd x) {
    return Arrays.copyOf(x.shape(), x.rank() - 2);
  }

  private static int[] extended(int[] leading, int rows, int columns) {
    int[] shape = Arrays.copyOf(leading, leading.length + 2);
    shape[leading.length] = rows;
    shape[leading.length + 1] = columns;
    return shape;
  }
}
