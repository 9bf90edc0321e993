package io.github.nolabel.runtime.kernels;

import io.github.nolabel.runtime.kernels.Chain.Area;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/**
 * The gradient for a convolution's weights by {@link Columns}: {@code rows' dy}, added up over
 * groups of images. There are as many parts of the sum as threads and they are added in order: the
 * same number of threads gives the same bits.
 */
final class ColumnWeightGradient {

  private final Columns all;
  private final Workplace place;
  private final ImageGroups groups;
  private final ImageBlocks parts;
  private final List<Chain> adding = new ArrayList<>();
  private final ImageBlocks slices;
  private final List<Chain> finishing = new ArrayList<>();

  ColumnWeightGradient(ConvolutionShape shape, Workplace place) {
    this.all = new Columns(shape, place.layout());
    this.place = place;
    groups = Columns.groups(shape, place.threads());
    parts = ImageBlocks.of(groups.count(), place.threads());
    for (int i = 0; i < parts.count(); i++) {
      adding.add(addingChain());
    }
    slices = ImageBlocks.of(all.to(), place.blocks());
    for (int i = 0; i < slices.count(); i++) {
      finishing.add(finishingChain(slices.size(i)));
    }
  }

  private long partBytes() {
    return Workspace.aligned(all.weights().get_size());
  }

  private boolean isOneGroupEach() {
    return parts.count() == groups.count();
  }

  private Chain addingChain() {
    Columns some = all.of(groups.each());
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(some.x());
    memory dy = chain.given(some.y());
    memory part = chain.given(all.weights());
    some.cut(chain, x, Area.FIRST, Area.SECOND);
    return chain.multiply(chain.in(Area.SECOND, some.rowsTurned()), dy, part, !isOneGroupEach());
  }

  /** From {@code [taps, from, to]} of each part to ONNX's weights. */
  private Chain finishingChain(long some) {
    Chain chain = new Chain(place.memory().scope());
    memory plain = chain.given(all.plainWeights(some));
    for (int i = 0; i < parts.count(); i++) {
      memory part =
          chain.given(
              Tiles.desc(
                  List.of(some, all.taps(), all.from()),
                  List.of(1L, all.from() * all.to(), all.to())));
      if (i == 0) {
        chain.move(part, plain);
      } else {
        chain.add(part, plain);
      }
    }
    return chain;
  }

  void run(KernelCall call, NativeTensor dy, NativeTensor x, NativeTensor dweight) {
    Workspace sums = place.memory().weights();
    sums.require(partBytes() * parts.count());
    add(call, dy, x, sums);
    finish(call, sums, dweight);
  }

  private void add(KernelCall call, NativeTensor dy, NativeTensor x, Workspace sums) {
    place.parallel(
        call,
        parts.count(),
        (workspace, i) -> {
          Pointer part = sums.at(partBytes() * i);
          if (!isOneGroupEach()) {
            Pointer.memset(part, 0, partBytes());
          }
          for (long group = parts.begin(i); group < parts.begin(i + 1); group++) {
            long image = group * groups.each();
            adding.get(i).run(workspace, x.at(image), dy.at(image), part);
          }
        });
  }

  private void finish(KernelCall call, Workspace sums, NativeTensor dweight) {
    place.parallel(
        call,
        slices.count(),
        (workspace, slice) -> {
          long begin = slices.begin(slice);
          Pointer[] given = new Pointer[1 + parts.count()];
          given[0] = dweight.atNumber(begin * all.width());
          for (int i = 0; i < parts.count(); i++) {
            given[1 + i] = Tiles.at(sums.at(partBytes() * i), begin);
          }
          finishing.get(slice).run(workspace, given);
        });
  }
}
