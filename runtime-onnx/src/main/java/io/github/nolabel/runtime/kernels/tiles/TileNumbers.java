package io.github.nolabel.runtime.kernels.tiles;

import io.github.nolabel.runtime.kernels.node.GroupPasses;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelCall;
import io.github.nolabel.runtime.kernels.node.NativeTensor;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Chain;
import io.github.nolabel.runtime.kernels.onednn.Chain.Area;
import io.github.nolabel.runtime.kernels.onednn.Workspace;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.Pointer;

/** Values at {@link ToomCook}'s points of tiles, {@code [points, tiles, channels]}. */
final class TileNumbers {

  private final Tiles all;
  private final ImageGroups groups;
  private final long channels;
  private final long bytes;
  private final GroupPasses passes;

  private TileNumbers(Tiles all, boolean ofX, Workplace place) {
    this.all = all;
    groups = TilePolicy.groups(all, place.blocks());
    channels = ofX ? all.from() : all.to();
    bytes = Workspace.aligned(all.values(channels).get_size());
    passes = new GroupPasses(groups, place, () -> ofX ? chainOfX(place) : chainOfY(place));
  }

  /** Of the images. */
  static TileNumbers ofX(Tiles all, Workplace place) {
    return new TileNumbers(all, true, place);
  }

  /** Of the results' gradient. */
  static TileNumbers ofY(Tiles all, Workplace place) {
    return new TileNumbers(all, false, place);
  }

  private Chain chainOfX(Workplace place) {
    Tiles some = all.of(groups.each());
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(some.x());
    some.cut(chain, x, Area.FIRST, Area.SECOND, values(chain, some));
    return chain;
  }

  private Chain chainOfY(Workplace place) {
    Tiles some = all.of(groups.each());
    Chain chain = new Chain(place.memory().scope());
    memory y = chain.given(some.y(some.to()));
    some.split(chain, y, Area.FIRST, Area.SECOND, values(chain, some));
    return chain;
  }

  private memory values(Chain chain, Tiles some) {
    return chain.given(some.valuesAmong(all, channels));
  }

  long bytes() {
    return bytes;
  }

  void write(KernelCall call, NativeTensor images, Pointer values) {
    long each = all.of(groups.each()).count() * channels;
    passes.run(
        call,
        group ->
            new Pointer[] {
              images.at(group * groups.each()), all.size().arithmetic().at(values, group * each)
            });
  }
}
