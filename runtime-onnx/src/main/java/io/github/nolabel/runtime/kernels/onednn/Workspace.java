package io.github.nolabel.runtime.kernels.onednn;

import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Memory that kernels need while they run and share, as only one runs at a time. It grows to what
 * the largest of them needs, and stays.
 */
public final class Workspace implements AutoCloseable {

  /** Of a cache line, which is what vector instructions like. */
  private static final long ALIGNMENT = 64;

  private static final AtomicLong PLACES = new AtomicLong();

  private BytePointer memory = new BytePointer();
  private long capacity;
  private long generation = PLACES.incrementAndGet();

  /** Makes room; what was placed before has to be placed anew if {@link #generation} changed. */
  public void require(long bytes) {
    if (bytes > capacity) {
      memory.close();
      memory = new BytePointer(bytes + ALIGNMENT);
      capacity = bytes;
      generation = PLACES.incrementAndGet();
    }
  }

  /** Of this memory alone, and another one whenever it moves. */
  long generation() {
    return generation;
  }

  /** The memory from this offset on, a multiple of {@link #aligned}'s results. */
  public Pointer at(long offset) {
    long gap = aligned(memory.address()) - memory.address();
    return memory.getPointer(gap + offset);
  }

  /** The next multiple of the alignment. */
  public static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  long capacity() {
    return capacity;
  }

  @Override
  public void close() {
    memory.close();
    capacity = 0;
  }
}
