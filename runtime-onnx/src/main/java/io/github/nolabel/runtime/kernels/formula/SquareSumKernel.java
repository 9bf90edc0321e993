package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.node.Kernel;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.NodeAttributes;
import io.github.nolabel.runtime.kernels.node.Operator;
import io.github.nolabel.runtime.kernels.node.Operator.Count;
import io.github.nolabel.runtime.kernels.node.Registers;
import io.github.nolabel.runtime.kernels.node.Workplace;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * The sum of a tensor's squares. Every part of the tensor is added up by itself, and the parts in
 * order, so that the number of threads does not change it.
 */
public final class SquareSumKernel implements Kernel {

  public static final Operator OPERATOR =
      Operator.plain(
          FormulaKernel.DOMAIN, "SquareSum", Count.of(1, 1), Count.of(1, 1), SquareSumKernel::of);

  /** Numbers of a part. */
  private static final int PART = 1 << 16;

  private final Workplace place;

  private SquareSumKernel(Workplace place) {
    this.place = place;
  }

  static Kernel of(NodeAttributes node, Workplace place) {
    return new SquareSumKernel(place);
  }

  @Override
  public void compute(KernelCall call) {
    NativeTensor x = call.input(0);
    NativeTensor sum = call.output(0, List.of());
    if (sum == null) {
      return;
    }
    int elements = (int) x.elements();
    FloatBuffer numbers = x.floats();
    double[] parts = new double[(elements + PART - 1) / PART];
    call.parallel(
        parts.length, i -> parts[i] = part(numbers, i * PART, Math.min(elements, (i + 1) * PART)));
    sum.write(new double[] {Arrays.stream(parts).sum()});
  }

  private double part(FloatBuffer numbers, int begin, int end) {
    float[][] registers = place.memory().registers().take(2);
    float[] x = registers[0];
    float[] sums = registers[1];
    Arrays.fill(sums, 0);
    for (int at = begin; at < end; at += Registers.LENGTH) {
      int count = Math.min(Registers.LENGTH, end - at);
      numbers.get(at, x, 0, count);
      addSquares(x, sums, count);
    }
    double sum = 0;
    for (float each : sums) {
      sum += each;
    }
    place.memory().registers().giveBack(registers);
    return sum;
  }

  private static void addSquares(float[] x, float[] sums, int count) {
    for (int i = 0; i < count; i++) {
      sums[i] += x[i] * x[i];
    }
  }
}
