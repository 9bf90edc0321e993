package io.github.nolabel.data.load;

import io.github.nolabel.data.view.CounterRandom;
import java.util.stream.IntStream;

/** In which order each epoch visits the images: a function of seed and epoch. Thread-safe. */
final class EpochOrders {

  private static final long ORDER = -1;

  private final int size;
  private final long seed;
  private final long[] epochs = {-1, -1};
  private final int[][] orders = new int[2][];

  EpochOrders(int size, long seed) {
    this.size = size;
    this.seed = seed;
  }

  /** A permutation of 0 to size - 1; shared, read only. The last two epochs are remembered. */
  synchronized int[] order(long epoch) {
    int place = (int) (epoch % 2);
    if (epochs[place] != epoch) {
      int[] order = IntStream.range(0, size).toArray();
      new CounterRandom().restart(seed, epoch, ORDER, ORDER).shuffle(order);
      orders[place] = order;
      epochs[place] = epoch;
    }
    return orders[place];
  }
}
