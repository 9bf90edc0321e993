package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import org.bytedeco.javacpp.Pointer;

/** One task over all blocks of images, or of whatever else is cut into blocks, one block a turn. */
public final class BlockPasses {

  private final ImageBlocks blocks;
  private final Workplace place;
  private final LongFunction<? extends Task> maker;
  private final List<Map<Long, Task>> seats = new ArrayList<>();

  /**
   * @param maker of the task for a block of this size; each seat needs its own
   */
  public BlockPasses(ImageBlocks blocks, Workplace place, LongFunction<? extends Task> maker) {
    this.blocks = blocks;
    this.place = place;
    this.maker = maker;
  }

  /**
   * @param tensors from a block to where its tensors lie, as {@link Task#run} wants them
   */
  public void run(KernelCall call, IntFunction<Pointer[]> tensors) {
    while (seats.size() < Math.min(place.threads(), blocks.count())) {
      seats.add(tasks());
    }
    place.parallel(
        call,
        blocks.count(),
        (seat, block) -> task(seat, block).run(seat.workspace(), tensors.apply(block)));
  }

  /** The same where blocks are of the tensors' outermost axis. */
  public void run(KernelCall call, NativeTensor... tensors) {
    run(
        call,
        block -> {
          Pointer[] begins = new Pointer[tensors.length];
          Arrays.setAll(begins, i -> tensors[i].at(blocks.begin(block)));
          return begins;
        });
  }

  private Map<Long, Task> tasks() {
    Map<Long, Task> tasks = new HashMap<>();
    for (int block = 0; block < blocks.count(); block++) {
      tasks.computeIfAbsent(blocks.size(block), maker::apply);
    }
    return tasks;
  }

  private Task task(Seat seat, int block) {
    return Objects.requireNonNull(seats.get(seat.number()).get(blocks.size(block)));
  }
}
