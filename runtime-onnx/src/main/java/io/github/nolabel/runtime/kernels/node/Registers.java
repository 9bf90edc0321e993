package io.github.nolabel.runtime.kernels.node;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Arrays that formulas compute in, lent to one thread at a time and kept for the next. */
public final class Registers {

  /** Numbers of a register: a dozen of them fit into a core's nearest cache with room to spare. */
  public static final int LENGTH = 1 << 8;

  private final Queue<float[][]> free = new ConcurrentLinkedQueue<>();

  /** At least so many arrays, with what was left in them. */
  public float[][] take(int count) {
    float[][] kept = free.poll();
    return kept != null && kept.length >= count ? kept : new float[count][LENGTH];
  }

  public void giveBack(float[][] registers) {
    free.add(registers);
  }
}
