package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * The gradient for weights as a sum over groups of images. There are as many parts of the sum as
 * threads and they are added in order, whoever computed them: the same number of threads gives the
 * same bits.
 */
public final class GroupSums {

  private final ImageGroups groups;
  private final ImageBlocks slices;
  private final long bytes;
  private final Workplace place;
  private final ImageBlocks parts;
  private final List<Chain> adding = new ArrayList<>();
  private final BlockPasses finishing;

  /**
   * @param slices of the channels that threads share when parts are added
   * @param part the layout of a part
   * @param group from a group's x and dy to a part
   * @param slice for so many channels from the parts, which are given after it, to dweight
   */
  public GroupSums(
      ImageGroups groups,
      ImageBlocks slices,
      memory.desc part,
      Workplace place,
      Function<GroupSums, Chain> group,
      BiFunction<GroupSums, Long, Chain> slice) {
    this.groups = groups;
    this.slices = slices;
    this.bytes = Workspace.aligned(part.get_size());
    this.place = place;
    this.parts = ImageBlocks.of(groups.count(), place.threads());
    for (int i = 0; i < parts.count(); i++) {
      adding.add(group.apply(this));
    }
    finishing = new BlockPasses(slices, place, channels -> slice.apply(this, channels));
  }

  public int parts() {
    return parts.count();
  }

  /** Whether a part has several groups, which are added to what is there. */
  public boolean addsUp() {
    return parts.count() < groups.count();
  }

  /** Computes all parts, which stay until the session's next kernel. */
  public void add(KernelCall call, NativeTensor dy, NativeTensor x) {
    Workspace sums = place.memory().weights();
    sums.require(bytes * parts.count());
    place.parallel(
        call,
        parts.count(),
        (seat, i) -> {
          Pointer part = sums.at(bytes * i);
          if (addsUp()) {
            Pointer.memset(part, 0, bytes);
          }
          for (long group = parts.begin(i); group < parts.begin(i + 1); group++) {
            long image = group * groups.each();
            adding.get(seat.number()).run(seat.workspace(), x.at(image), dy.at(image), part);
          }
        });
  }

  /**
   * Adds the parts.
   *
   * @param inWeights from a channel to where its numbers begin
   * @param inPart the same in a part
   */
  public void finish(
      KernelCall call,
      NativeTensor dweight,
      LongUnaryOperator inWeights,
      LongUnaryOperator inPart) {
    Workspace sums = place.memory().weights();
    finishing.run(
        call,
        slice -> {
          long begin = slices.begin(slice);
          Pointer[] given = new Pointer[1 + parts.count()];
          given[0] = dweight.atNumber(inWeights.applyAsLong(begin));
          for (int i = 0; i < parts.count(); i++) {
            given[1 + i] = Arithmetic.FP32.at(sums.at(bytes * i), inPart.applyAsLong(begin));
          }
          return given;
        });
  }
}
