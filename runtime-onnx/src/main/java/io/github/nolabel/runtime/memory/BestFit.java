package io.github.nolabel.runtime.memory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Places blocks in a range of addresses, each in the smallest gap that it fits, the lowest of
 * these. Networks ask for few sizes, which halve from stage to stage: a gap that one block leaves
 * fits the next of its size if no smaller one lies in it, so the top stays near the most that is in
 * use at once.
 */
final class BestFit {

  /** What vector instructions and caches like. */
  private static final long ALIGNMENT = 256;

  /** End of each gap by its start. */
  private final TreeMap<Long, Long> gaps = new TreeMap<>();

  /** End of each block by its start. */
  private final Map<Long, Long> blocks = new HashMap<>();

  BestFit(long start, long end) {
    gaps.put(aligned(start), end);
  }

  /** The start of a new block; empty if no gap is large enough. */
  OptionalLong take(long size) {
    long length = aligned(Math.max(size, 1));
    OptionalLong gap = smallestGapOf(length);
    gap.ifPresent(
        start -> {
          long end = Objects.requireNonNull(gaps.remove(start));
          if (start + length < end) {
            gaps.put(start + length, end);
          }
          blocks.put(start, start + length);
        });
    return gap;
  }

  private OptionalLong smallestGapOf(long length) {
    return gaps.entrySet().stream()
        .filter(gap -> extent(gap) >= length)
        .min(Comparator.comparingLong(BestFit::extent))
        .map(gap -> OptionalLong.of(gap.getKey()))
        .orElse(OptionalLong.empty());
  }

  private static long extent(Map.Entry<Long, Long> gap) {
    return gap.getValue() - gap.getKey();
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
