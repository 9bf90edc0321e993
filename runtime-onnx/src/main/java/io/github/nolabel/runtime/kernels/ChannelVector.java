package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.memory.NativeScope;
import java.nio.FloatBuffer;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.FloatPointer;

/** A number for each channel, for each of some groups of images, in memory that stays. */
final class ChannelVector {

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

  /** Writes the first group's. */
  void set(double[] values) {
    for (int c = 0; c < channels; c++) {
      numbers.put(c, (float) values[c]);
    }
  }

  /** The sum over all groups, added in order. */
  double[] sum() {
    double[] sum = new double[channels];
    for (int i = 0; i < numbers.capacity(); i++) {
      sum[i % channels] += numbers.get(i);
    }
    return sum;
  }
}
