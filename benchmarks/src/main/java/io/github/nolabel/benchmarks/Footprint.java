package io.github.nolabel.benchmarks;

import io.github.nolabel.runtime.memory.OrtLibrary;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/**
 * Memory at one moment, in MiB.
 *
 * @param process resident, Java and native together
 * @param heap pages of Java's heap that were ever used: they stay resident, and on a large machine
 *     the heap goes on to new ones for long before it returns to old ones
 * @param live objects that a full collection leaves
 * @param card in use by all processes; 0 where there is no card
 */
record Footprint(double process, double heap, double live, double card) {

  /** More than this is a leak: of one batch per step would be far above. */
  static final double MORE = 64;

  private static final double MIB = 1 << 20;

  /** Collects first. */
  static Footprint now(double card) {
    System.gc();
    double live = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MIB;
    double heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToDouble(peak -> peak.getUsed() / MIB)
            .sum();
    return new Footprint(OrtLibrary.processBytes() / MIB, heap, live, card);
  }

  /** What the process holds besides Java's heap. */
  double outside() {
    return process - heap;
  }

  /** Whether nothing has grown since {@code earlier}; Java's heap counts by what lives in it. */
  Check flatSince(Footprint earlier) {
    boolean flat =
        outside() - earlier.outside() <= MORE
            && live - earlier.live <= MORE
            && card - earlier.card <= MORE;
    return Check.of(
        "memory is flat",
        flat,
        "outside of Java's heap %.0f to %.0f MiB, alive in it %.0f to %.0f MiB, card %.0f to %.0f MiB (%.0f more allowed of each; process %.0f to %.0f MiB, the heap's pages %.0f to %.0f MiB)"
            .formatted(
                earlier.outside(),
                outside(),
                earlier.live,
                live,
                earlier.card,
                card,
                MORE,
                earlier.process,
                process,
                earlier.heap,
                heap));
  }
}
