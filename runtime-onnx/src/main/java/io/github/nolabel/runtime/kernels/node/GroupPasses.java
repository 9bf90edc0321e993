package io.github.nolabel.runtime.kernels.node;

import io.github.nolabel.runtime.kernels.onednn.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;

/** One primitive over all groups of images of a batch, one group a turn. */
public final class GroupPasses {

  private final Workplace place;
  private final ImageGroups groups;
  private final List<Task> passes = new ArrayList<>();

  /**
   * @param maker of the pass over one group; each seat needs its own
   */
  public GroupPasses(ImageGroups groups, Workplace place, Supplier<? extends Task> maker) {
    this.place = place;
    this.groups = groups;
    for (int i = 0; i < Math.min(place.threads(), groups.count()); i++) {
      passes.add(maker.get());
    }
  }

  /**
   * @param tensors from a group to where its tensors lie, as {@link Task#run} wants them
   */
  public void run(KernelCall call, IntFunction<Pointer[]> tensors) {
    place.parallel(
        call,
        groups.count(),
        (seat, group) -> passes.get(seat.number()).run(seat.workspace(), tensors.apply(group)));
  }
}
