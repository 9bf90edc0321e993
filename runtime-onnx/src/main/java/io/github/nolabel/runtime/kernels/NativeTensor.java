package io.github.nolabel.runtime.kernels;

import java.nio.FloatBuffer;
import java.util.List;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A tensor where ONNX Runtime keeps it, valid during one call of a kernel.
 *
 * @param width bytes of an element
 */
record NativeTensor(List<Long> extents, Pointer data, int width) {

  /** The numbers of a float32 tensor with one axis. */
  double[] numbers() {
    float[] from = new float[(int) elements()];
    floats().get(0, from);
    double[] numbers = new double[from.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = from[i];
    }
    return numbers;
  }

  /** Writes a float32 tensor with one axis. */
  void write(double[] numbers) {
    float[] to = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      to[i] = (float) numbers[i];
    }
    floats().put(0, to);
  }

  /** The numbers of a float32 tensor, in place. */
  FloatBuffer floats() {
    return new FloatPointer(data).capacity(elements()).asBuffer();
  }

  long elements() {
    return extents.stream().mapToLong(Long::longValue).reduce(1, (a, b) -> a * b);
  }

  /** The same numbers as rows of so many. */
  NativeTensor rows(long columns) {
    return new NativeTensor(List.of(elements() / columns, columns), data, width);
  }

  /** Where this one of the outermost axis begins. */
  Pointer at(long index) {
    long each = 1;
    for (long extent : extents.subList(1, extents.size())) {
      each *= extent;
    }
    return new BytePointer(data).getPointer(index * each * width);
  }
}
