package io.github.nolabel.runtime.kernels.formula;

import io.github.nolabel.runtime.kernels.node.Registers;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * One run of a {@link Formula} over its tensors, piece by piece: a piece is read into arrays,
 * computed there and written before the next one is read.
 */
final class FormulaPass {

  private final FormulaPlan plan;
  private final List<FormulaSource> sources;
  private final List<FloatBuffer> results;

  /** What single registers hold. */
  private final float[] numbers;

  FormulaPass(FormulaPlan plan, List<FormulaSource> sources, List<FloatBuffer> results) {
    this.plan = plan;
    this.sources = sources;
    this.results = results;
    float[] first = new float[sources.size()];
    for (int i = 0; i < first.length; i++) {
      first[i] = sources.get(i).first();
    }
    this.numbers = plan.numbers(first);
  }

  /** Numbers of every result. */
  int elements() {
    return results.get(0).capacity();
  }

  /** How many arrays {@link #run} works with. */
  int arrays() {
    return plan.arrays();
  }

  /** Computes the positions from {@code begin} to before {@code end}. */
  void run(int begin, int end, float[][] arrays) {
    List<IntConsumer> steps = plan.steps(arrays, numbers);
    for (int at = begin; at < end; at += Registers.LENGTH) {
      int count = Math.min(Registers.LENGTH, end - at);
      for (int i = 0; i < sources.size(); i++) {
        if (plan.hasArray(i)) {
          sources.get(i).read(at, plan.array(i, arrays), count);
        }
      }
      for (IntConsumer step : steps) {
        step.accept(count);
      }
      for (int i = 0; i < results.size(); i++) {
        float[] result = plan.array(plan.formula().results().get(i), arrays);
        results.get(i).put(at, result, 0, count);
      }
    }
  }
}
