package io.github.nolabel.runtime.memory;

import io.github.nolabel.api.NolabelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.onnxruntime.OrtAllocator;
import org.bytedeco.onnxruntime.OrtMemoryInfo;

/**
 * Where sessions on the processor keep what operators hand to each other. ONNX Runtime's own arena
 * grows by separate pieces and never joins them, which takes a quarter more for large batches. This
 * one reserves addresses, of which only those that were written to cost memory, and fills the gaps
 * between those before it takes others. Thread-safe.
 */
final class TensorMemory {

  /** Of the interface; later ones may reserve, and tell what is in use. */
  private static final int WITHOUT_FURTHER_FUNCTIONS = 17;

  private static final Path OVERCOMMIT = Path.of("/proc/sys/vm/overcommit_memory");

  private final OrtAllocator allocator = new OrtAllocator();
  private final OrtMemoryInfo kind;
  private final List<Region> regions = new ArrayList<>();
  private final Take take = new Take();
  private final GiveBack giveBack = new GiveBack();
  private final Kind ofKind = new Kind();
  private final long reserve;

  /**
   * @param kind what ONNX Runtime looks it up by
   * @param reserve addresses that are asked for at once, in bytes
   */
  TensorMemory(OrtMemoryInfo kind, long reserve) {
    this.kind = kind;
    this.reserve = reserve;
    allocator.version(WITHOUT_FURTHER_FUNCTIONS);
    allocator.Alloc(take).Free(giveBack).Info(ofKind);
  }

  /** Whether the system lends addresses only as far as it has memory for all of them. */
  static boolean isReservedInFull() {
    try {
      return Files.readString(OVERCOMMIT).strip().equals("2");
    } catch (IOException e) {
      return false;
    }
  }

  /** As ONNX Runtime calls it; it must not outlive this object. */
  OrtAllocator allocator() {
    return allocator;
  }

  /** Gives back to the system what no session uses. */
  synchronized void release() {
    regions.removeIf(Region::closedIfUnused);
  }

  synchronized long take(long size) {
    for (Region region : regions) {
      OptionalLong block = region.blocks().take(size);
      if (block.isPresent()) {
        return block.getAsLong();
      }
    }
    Region more = Region.ofAtLeast(size, reserve);
    regions.add(more);
    return more.blocks().take(size).orElseThrow();
  }

  synchronized void giveBack(long block) {
    if (regions.stream().noneMatch(region -> region.blocks().giveBack(block))) {
      throw new IllegalStateException("memory is given back that nobody has taken");
    }
  }

  private record Region(Pointer memory, BestFit blocks) {

    private static final long SLACK = 4096;

    static Region ofAtLeast(long size, long wanted) {
      for (long bytes = Math.max(wanted, size + SLACK);
          ;
          bytes = Math.max(bytes / 2, size + SLACK)) {
        Pointer memory = Pointer.malloc(bytes);
        if (memory != null && !memory.isNull()) {
          return new Region(memory, new BestFit(memory.address(), memory.address() + bytes));
        }
        if (bytes == size + SLACK) {
          throw new NolabelException(
              "Failed to allocate memory for requested buffer of size " + size);
        }
      }
    }

    boolean closedIfUnused() {
      if (blocks.isUnused()) {
        Pointer.free(memory);
        return true;
      }
      return false;
    }
  }

  private static final class Address extends Pointer {
    Address(long value) {
      address = value;
    }
  }

  private final class Take extends OrtAllocator.Alloc_OrtAllocator_long {
    @Override
    public Pointer call(OrtAllocator self, long size) {
      return new Address(take(size));
    }
  }

  private final class GiveBack extends OrtAllocator.Free_OrtAllocator_Pointer {
    @Override
    public void call(OrtAllocator self, Pointer block) {
      if (block != null && !block.isNull()) {
        giveBack(block.address());
      }
    }
  }

  private final class Kind extends OrtAllocator.Info_OrtAllocator {
    @Override
    public OrtMemoryInfo call(OrtAllocator self) {
      return kind;
    }
  }
}
