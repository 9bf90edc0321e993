package io.github.nolabel.api.train;

import io.github.nolabel.api.Tensor;
import java.nio.LongBuffer;

/**
 * An input, int64[blocks N inner], that tells a network which rows of the whole batch it sees: its
 * random numbers are those of the rows.
 *
 * @param blocks how often the batch follows itself
 * @param inner rows per image in each block
 */
public record JointRowNumbers(String name, long blocks, long inner) {

  /**
   * @param first image of the part, among {@code all}
   */
  public Tensor of(long first, long count, long all) {
    long[] numbers = new long[Math.toIntExact(blocks * count * inner)];
    LongBuffer into = LongBuffer.wrap(numbers);
    for (long block = 0; block < blocks; block++) {
      long begin = (block * all + first) * inner;
      for (long row = 0; row < count * inner; row++) {
        into.put(begin + row);
      }
    }
    return Tensor.of(numbers, numbers.length);
  }
}
