package io.github.nolabel.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FirstFitTest {

  private static final long START = 1000;
  private static final long SIZE = 1 << 20;

  private final FirstFit memory = new FirstFit(START, START + SIZE);

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
  void theLowestGapThatFitsIsTaken() {
    long small = taken(256);
    long between = taken(256);
    long large = taken(4096);
    taken(256);
    memory.giveBack(large);
    memory.giveBack(small);
    assertThat(taken(1000)).isEqualTo(large);
    assertThat(taken(1)).isEqualTo(small);
    assertThat(between).isEqualTo(small + 256);
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
