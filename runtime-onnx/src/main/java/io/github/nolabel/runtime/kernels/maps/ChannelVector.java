package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.onednn.OneDnn;
import io.github.nolabel.runtime.memory.NativeScope;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** A number for each channel, for each of some groups of images, in memory that stays. */
final class ChannelVector {

  /** Numbers that are worth several threads. */
  private static final int SHARED = 1 << 13;

  private final FloatPointer place;
  private final FloatBuffer numbers;
  private final int channels;
  private final memory argument;

  /**
   * @param layout in which primitives are given the first group's
   */
  ChannelVector(int groups, long channels, memory.desc layout, NativeScope scope) {
    this.channels = (int) channels;
    this.place = scope.own(new FloatPointer(groups * channels), FloatPointer::close);
    this.numbers = place.asBuffer();
    this.argument = OneDnn.loaded().unplaced(layout, scope);
    argument.set_data_handle(place);
  }

  int channels() {
    return channels;
  }

  /** What primitives are given. */
  memory argument() {
    return argument;
  }

  /** Where a group's numbers begin. */
  FloatPointer of(int group) {
    return place.getPointer((long) group * channels);
  }

  float get(int group, int channel) {
    return numbers.get(group * channels + channel);
  }

  /** All numbers, group by group. */
  float[] all() {
    float[] all = new float[numbers.capacity()];
    numbers.get(0, all);
    return all;
  }

  /** Writes the first group's; fewer values are repeated. */
  void set(double[] values) {
    float[] first = new float[channels];
    for (int begin = 0; begin < channels; begin += values.length) {
      for (int c = 0; c < values.length; c++) {
        first[begin + c] = (float) values[c];
      }
    }
    numbers.put(0, first);
  }

  /** The sum over all groups, added in order. */
  double[] sum(KernelCall call, int threads) {
    double[] sum = new double[channels];
    float[] all = all();
    share(call, threads, (begin, end) -> add(all, sum, begin, end));
    return sum;
  }

  /** Adds each group's numbers to a sum, for the channels from {@code begin} to {@code end}. */
  static void add(float[] all, double[] sum, int begin, int end) {
    for (int group = 0; group < all.length; group += sum.length) {
      for (int c = begin; c < end; c++) {
        sum[c] += all[group + c];
      }
    }
  }

  /** Lets threads share the channels, if there are so many numbers that it is worth it. */
  void share(KernelCall call, int threads, Channels work) {
    int parts = numbers.capacity() < SHARED ? 1 : threads;
    call.parallel(parts, i -> work.take(channels * i / parts, channels * (i + 1) / parts));
  }

  /** Work on the channels from {@code begin} to before {@code end}. */
  @FunctionalInterface
  interface Channels {
    void take(int begin, int end);
  }
}
