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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The sum of all squares of some tensors. Every part of a tensor is added up by itself, a tensor's
 * parts in order, and then the tensors in order, in float32 as operators one after the other would
 * do it: the number of threads does not change it.
 */
public final class SquareSumKernel implements Kernel {

  public static final Operator OPERATOR =
      Operator.plain(
          FormulaKernel.DOMAIN, "SquareSum", Count.MANY, Count.of(1, 1), SquareSumKernel::of);

  /** Numbers of a part. */
  private static final int PART = 1 << 16;

  private final Workplace place;
  private final FloatViews views = new FloatViews();

  private SquareSumKernel(Workplace place) {
    this.place = place;
  }

  static Kernel of(NodeAttributes node, Workplace place) {
    return new SquareSumKernel(place);
  }

  @Override
  public void compute(KernelCall call) {
    List<FloatBuffer> tensors = views.of(call.inputs());
    NativeTensor sum = call.output(0, List.of());
    if (sum == null) {
      return;
    }
    List<Part> parts = parts(tensors);
    double[] sums = new double[parts.size()];
    call.parallel(sums.length, i -> sums[i] = sum(parts.get(i)));
    sum.write(new double[] {total(parts, sums)});
  }

  /** Some numbers of a tensor. */
  private record Part(FloatBuffer tensor, int begin, int end) {

    boolean isLast() {
      return end == tensor.capacity();
    }
  }

  private static List<Part> parts(List<FloatBuffer> tensors) {
    List<Part> parts = new ArrayList<>();
    for (FloatBuffer tensor : tensors) {
      int end = 0;
      do {
        int begin = end;
        end = Math.min(tensor.capacity(), begin + PART);
        parts.add(new Part(tensor, begin, end));
      } while (end < tensor.capacity());
    }
    return parts;
  }

  private static float total(List<Part> parts, double[] sums) {
    float total = 0;
    double tensor = 0;
    for (int i = 0; i < sums.length; i++) {
      tensor += sums[i];
      if (parts.get(i).isLast()) {
        total += (float) tensor;
        tensor = 0;
      }
    }
    return total;
  }

  private double sum(Part part) {
    float[][] registers = place.memory().registers().take(2);
    float[] x = registers[0];
    float[] sums = registers[1];
    Arrays.fill(sums, 0);
    for (int at = part.begin(); at < part.end(); at += Registers.LENGTH) {
      int count = Math.min(Registers.LENGTH, part.end() - at);
      part.tensor().get(at, x, 0, count);
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
