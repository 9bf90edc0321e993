package io.github.nolabel.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class BestFitTest {

  private static final long START = 1000;
  private static final long SIZE = 1 << 20;

  private final BestFit memory = new BestFit(START, START + SIZE);

  @Test
  void blocksNeverOverlapAndAreAligned() {
    Random random = new Random(1);
    TreeMap<Long, Long> blocks = new TreeMap<>();
    for (int i = 0; i < 2000; i++) {
      if (blocks.size() > 20 || (random.nextBoolean() && !blocks.isEmpty())) {
        long block = List.copyOf(blocks.keySet()).get(random.nextInt(blocks.size()));
        assertThat(memory.giveBack(block)).isTrue();
        blocks.remove(block);
      } else {
        long size = random.nextInt(20_000);
        memory
            .take(size)
            .ifPresent(
                block -> {
                  assertThat(block % 256).isZero();
                  assertThat(block).isGreaterThanOrEqualTo(START);
                  assertThat(block + size).isLessThanOrEqualTo(START + SIZE);
                  Map.Entry<Long, Long> below = blocks.floorEntry(block);
                  assertThat(below == null || below.getValue() <= block).isTrue();
                  Map.Entry<Long, Long> above = blocks.ceilingEntry(block);
                  assertThat(above == null || block + size <= above.getKey()).isTrue();
                  blocks.put(block, block + size);
                });
      }
    }
  }

  @Test
  void aForwardAndABackwardPassLeaveNoGaps() {
    for (int step = 0; step < 3; step++) {
      Deque<Long> kept = new ArrayDeque<>();
      for (int size = 64 << 10; size > 256; size /= 2) {
        kept.push(taken(size));
        kept.push(taken(size));
      }
      long top = kept.peek();
      while (!kept.isEmpty()) {
        long gradient = taken(256);
        assertThat(gradient).isLessThanOrEqualTo(top + 512);
        memory.giveBack(kept.pop());
        memory.giveBack(gradient);
      }
      assertThat(memory.isUnused()).isTrue();
    }
    assertThat(memory.take(SIZE - 512)).as("all of it, in one piece").isPresent();
  }

  @Test
  void theSmallestGapThatFitsIsTakenTheLowestOfThese() {
    List<Long> gaps = gapsOf(4096, 1024, 1024);
    assertThat(taken(1000)).isEqualTo(gaps.get(1));
    assertThat(taken(256)).isEqualTo(gaps.get(2));
    assertThat(taken(256)).as("what is left of it").isEqualTo(gaps.get(2) + 256);
    assertThat(taken(4096)).as("whole still").isEqualTo(gaps.get(0));
  }

  /** Of a stage's maps the first to go leaves a gap that the next stage's would cut. */
  @Test
  void mapsOfTheNextStageLeaveRoomForGradientsOfThisOne() {
    long map = gapsOf(1024, 512).get(0);
    long next = taken(512);
    long gradient = taken(1024);
    assertThat(next).isGreaterThan(map);
    assertThat(gradient).isEqualTo(map);
  }

  /** With blocks between them that stay. */
  private List<Long> gapsOf(long... sizes) {
    List<Long> gaps = new ArrayList<>();
    for (long size : sizes) {
      gaps.add(taken(size));
      taken(256);
    }
    gaps.forEach(memory::giveBack);
    return gaps;
  }

  @Test
  void whatDoesNotFitIsRefusedAndWhatIsUnknownSaidToBe() {
    assertThat(memory.take(SIZE + 1)).isEmpty();
    assertThat(memory.giveBack(START + 256)).isFalse();
  }

  private long taken(long size) {
    return memory.take(size).orElseThrow();
  }
}
