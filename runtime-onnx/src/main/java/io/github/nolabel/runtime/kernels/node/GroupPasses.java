package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;

/** One primitive over all groups of images of a batch; each thread takes some groups in turn. */
public final class GroupPasses {

  private final Workplace place;
  private final ImageBlocks turns;
  private final List<Task> passes = new ArrayList<>();

  /**
   * @param maker of the pass over one group; each seat needs its own
   */
  public GroupPasses(ImageGroups groups, Workplace place, Supplier<? extends Task> maker) {
    this.place = place;
    this.turns = ImageBlocks.of(groups.count(), place.blocks());
    for (int i = 0; i < Math.min(place.threads(), turns.count()); i++) {
      passes.add(maker.get());
    }
  }

  /**
   * @param tensors from a group to where its tensors lie, as {@link Task#run} wants them
   */
  public void run(KernelCall call, IntFunction<Pointer[]> tensors) {
    place.parallel(
        call,
        turns.count(),
        (seat, turn) -> {
          for (long group = turns.begin(turn); group < turns.begin(turn + 1); group++) {
            passes.get(seat.number()).run(seat.workspace(), tensors.apply((int) group));
          }
        });
  }
}
