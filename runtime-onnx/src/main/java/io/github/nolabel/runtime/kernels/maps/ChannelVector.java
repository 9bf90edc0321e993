package io.github.nolabel.runtime.kernels.maps;

import io.github.nolabel.runtime.kernels.onednn.OneDnn;
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
  double[] sum() {
    float[] all = all();
    double[] sum = new double[channels];
    for (int begin = 0; begin < all.length; begin += channels) {
      for (int c = 0; c < channels; c++) {
        sum[c] += all[begin + c];
      }
    }
    return sum;
  }
}
