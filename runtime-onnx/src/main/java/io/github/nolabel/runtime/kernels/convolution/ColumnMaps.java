package io.github.nolabel.runtime.kernels.convolution;

import io.github.nolabel.runtime.kernels.node.BlockPasses;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import java.util.List;
import org.bytedeco.dnnl.memory;

/** The {@link Columns} of a whole batch, in memory that the session's kernels share. */
final class ColumnMaps {

  private final Columns all;
  private final Workplace place;
  private final BlockPasses reading;
  private final BlockPasses writing;

  ColumnMaps(Columns all, Workplace place) {
    this.all = all;
    this.place = place;
    ImageBlocks blocks = ImageBlocks.of(all.images(), place.blocks());
    reading = new BlockPasses(blocks, place, this::readingChain);
    writing = new BlockPasses(blocks, place, this::writingChain);
  }

  /** Valid until the next kernel runs. */
  NativeTensor read(KernelCall call, NativeTensor maps) {
    NativeTensor rows = rows(place.layout());
    reading.run(call, maps, rows);
    return rows;
  }

  /** Where their gradient may be written, valid until the next kernel runs. */
  NativeTensor sums() {
    return rows(all.sums());
  }

  /** Adds up the gradient of the maps. */
  void write(KernelCall call, NativeTensor sums, NativeTensor maps) {
    writing.run(call, sums, maps);
  }

  private NativeTensor rows(MapLayout layout) {
    long each = all.positions() / all.images();
    long bytes = memory.data_type_size(layout.type());
    Workspace workspace = place.memory().maps();
    workspace.require(all.positions() * all.width() * bytes);
    return new NativeTensor(List.of(all.images(), each, all.width()), workspace.at(0), (int) bytes);
  }

  private Chain readingChain(long images) {
    Columns some = all.of(images);
    Chain chain = new Chain(place.memory().scope());
    memory maps = chain.given(some.x());
    memory rows = chain.given(some.rows(place.layout()));
    some.cut(chain, maps, Area.FIRST, (part, begin) -> chain.part(rows, part, begin));
    return chain;
  }

  private Chain writingChain(long images) {
    Columns some = all.of(images);
    Chain chain = new Chain(place.memory().scope());
    memory rows = chain.given(some.rows(some.sums()));
    memory maps = chain.given(some.x());
    some.join(chain, (part, begin) -> chain.part(rows, part, begin), Area.FIRST, maps);
    return chain;
  }
}
