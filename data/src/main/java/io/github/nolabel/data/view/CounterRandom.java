package io.github.nolabel.data.view;

/**
 * Random numbers that are a function of four numbers and nothing else, the same on every machine:
 * SplitMix64 (Steele et al. 2014), started from a hash of its key. Reusable; not thread-safe.
 */
public final class CounterRandom {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private long state;

  /** Starts the sequence that belongs to this key over. */
  public CounterRandom restart(long seed, long epoch, long index, long view) {
    state = join(join(join(mix(seed + GOLDEN), epoch), index), view);
    return this;
  }

  /** Uniform in [0, 1), in steps of 2^-53. */
  public double nextDouble() {
    return (nextLong() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [low, high). */
  public double uniform(double low, double high) {
    return low + (high - low) * nextDouble();
  }

  /** Uniform in 0 to {@code bound} - 1. */
  public int nextInt(int bound) {
    return (int) (((nextLong() >>> 33) * bound) >>> 31);
  }

  /** True with the given chance; uses up one number either way. */
  public boolean chance(double probability) {
    return nextDouble() < probability;
  }

  /** Puts {@code values} into random order (Fisher and Yates). */
  public void shuffle(int[] values) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = nextInt(i + 1);
      int moved = values[i];
      values[i] = values[j];
      values[j] = moved;
    }
  }

  private long nextLong() {
    state += GOLDEN;
    return mix(state);
  }

  private static long join(long state, long part) {
    return mix(state * 31 + mix(part + GOLDEN));
  }

  private static long mix(long z) {
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
