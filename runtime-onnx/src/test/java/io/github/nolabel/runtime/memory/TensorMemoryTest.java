package io.github.nolabel.runtime.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtMemoryInfo;
import org.junit.jupiter.api.Test;

class TensorMemoryTest {

  private static final long RESERVE = 1 << 20;

  private final TensorMemory memory = new TensorMemory(new OrtMemoryInfo(), RESERVE);

  @Test
  void memoryThatWasGivenBackIsTakenAgain() {
    long first = memory.take(1000);
    memory.giveBack(first);
    assertThat(memory.take(500)).isEqualTo(first);
  }

  @Test
  void moreThanWasReservedIsFoundElsewhere() {
    long small = memory.take(RESERVE / 2);
    long large = memory.take(3 * RESERVE);
    BytePointer there = new BytePointer(new At(large));
    there.put(3 * RESERVE - 1, (byte) 7);
    assertThat(there.get(3 * RESERVE - 1)).isEqualTo((byte) 7);
    memory.giveBack(small);
    memory.giveBack(large);
    memory.release();
    assertThat(memory.take(10)).isPositive();
  }

  @Test
  void whatIsInUseIsNotReleased() {
    long block = memory.take(1000);
    memory.release();
    memory.giveBack(block);
    assertThatThrownBy(() -> memory.giveBack(block)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void whatTheMachineDoesNotHaveIsSaidAsOnnxRuntimeSaysIt() {
    assertThatThrownBy(() -> memory.take(1L << 60))
        .satisfies(e -> assertThat(MemoryShortage.isIn(String.valueOf(e.getMessage()))).isTrue());
  }

  private static final class At extends Pointer {
    At(long value) {
      address = value;
    }
  }
}
