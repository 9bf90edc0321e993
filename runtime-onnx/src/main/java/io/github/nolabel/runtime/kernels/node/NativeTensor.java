package io.github.nolabel.runtime.kernels.node;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A tensor where ONNX Runtime keeps it, valid during one call of a kernel.
 *
 * @param width bytes of an element
 */
public record NativeTensor(List<Long> extents, Pointer data, int width) {

  /** The numbers of a float32 tensor with one axis. */
  public double[] numbers() {
    float[] from = new float[(int) elements()];
    new FloatPointer(data).get(from);
    double[] numbers = new double[from.length];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = from[i];
    }
    return numbers;
  }

  /** Writes a float32 tensor with one axis. */
  public void write(double[] numbers) {
    float[] to = new float[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      to[i] = (float) numbers[i];
    }
    new FloatPointer(data).put(to);
  }

  /** The numbers of a float32 tensor, in place. */
  public FloatBuffer floats() {
    return new FloatPointer(data).capacity(elements()).asBuffer();
  }

  public long elements() {
    return product(extents);
  }

  private static long product(List<Long> extents) {
    long product = 1;
    for (long extent : extents) {
      product *= extent;
    }
    return product;
  }

  /** Of the elements. */
  public memory.data_type type() {
    return width == Short.BYTES ? memory.data_type.bf16 : memory.data_type.f32;
  }

  /** The same numbers as rows of so many. */
  public NativeTensor rows(long columns) {
    return new NativeTensor(List.of(elements() / columns, columns), data, width);
  }

  /** From this one of the outermost axis on. */
  public NativeTensor from(long index) {
    List<Long> rest = new ArrayList<>(extents);
    rest.set(0, extents.get(0) - index);
    return new NativeTensor(rest, at(index), width);
  }

  /** Where this number begins. */
  public Pointer atNumber(long element) {
    return new BytePointer(data).getPointer(element * width);
  }

  /** Where this one of the outermost axis begins. */
  public Pointer at(long index) {
    return atNumber(index * product(extents.subList(1, extents.size())));
  }
}
