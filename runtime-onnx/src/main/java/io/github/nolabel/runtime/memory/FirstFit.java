package io.github.nolabel.runtime.memory;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Places blocks in a range of addresses, each as low as it fits. What is given back in the reverse
 * order, as by a backward pass, leaves no gaps behind, so the top stays near the most that is in
 * use at once.
 */
final class FirstFit {

  /** What vector instructions and caches like. */
  private static final long ALIGNMENT = 256;

  /** End of each gap by its start. */
  private final TreeMap<Long, Long> gaps = new TreeMap<>();

  /** End of each block by its start. */
  private final Map<Long, Long> blocks = new HashMap<>();

  FirstFit(long start, long end) {
    gaps.put(aligned(start), end);
  }

  /** The start of a new block; empty if no gap is large enough. */
  OptionalLong take(long size) {
    long length = aligned(Math.max(size, 1));
    OptionalLong lowest = lowestGapOf(length);
    lowest.ifPresent(
        start -> {
          long end = Objects.requireNonNull(gaps.remove(start));
          if (start + length < end) {
            gaps.put(start + length, end);
          }
          blocks.put(start, start + length);
        });
    return lowest;
  }

  private OptionalLong lowestGapOf(long length) {
    return gaps.entrySet().stream()
        .filter(gap -> gap.getValue() - gap.getKey() >= length)
        .mapToLong(Map.Entry::getKey)
        .findFirst();
  }

  /** Makes a block a gap, one with its neighbours; false if there is no such block. */
  boolean giveBack(long block) {
    Long last = blocks.remove(block);
    if (last == null) {
      return false;
    }
    Map.Entry<Long, Long> below = gaps.floorEntry(block);
    long start = below != null && below.getValue() == block ? below.getKey() : block;
    Long end = gaps.remove(last);
    gaps.put(start, end == null ? last : end);
    return true;
  }

  boolean isUnused() {
    return blocks.isEmpty();
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
