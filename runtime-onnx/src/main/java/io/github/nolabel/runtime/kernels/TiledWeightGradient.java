package io.github.nolabel.runtime.kernels;

import static io.github.nolabel.runtime.kernels.ToomCook.RESULTS;

import io.github.nolabel.runtime.kernels.Chain.Area;
import io.github.nolabel.runtime.memory.NativeScope;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.memory;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * The gradient for the weights of a {@link TiledConvolution}, for one shape: {@code G' ((B x) (A'
 * dy)) G}, added up over tiles. There are as many parts of the sum as threads and they are added in
 * order, whoever computed them: the same number of threads gives the same bits.
 */
final class TiledWeightGradient {

  private static final long RESULT_SQUARE = (long) RESULTS * RESULTS;
  private static final FloatPointer RESULT = ToomCook.squared(ToomCook.turned(ToomCook.results()));
  private static final FloatPointer TAPS = ToomCook.squared(ToomCook.turned(ToomCook.taps()));

  private final ConvolutionShape shape;
  private final Workplace place;
  private final ImageGroups groups;
  private final ImageBlocks parts;
  private final List<Chain> adding = new ArrayList<>();
  private final ImageBlocks slices;
  private final List<Chain> finishing = new ArrayList<>();

  TiledWeightGradient(ConvolutionShape shape, Workplace place) {
    this.shape = shape;
    this.place = place;
    groups = Tiles.groups(shape, place.threads());
    parts = ImageBlocks.of(groups.count(), place.threads());
    slices = ImageBlocks.of(from(), place.blocks());
    for (int i = 0; i < parts.count(); i++) {
      adding.add(addingChain());
    }
    for (int i = 0; i < slices.count(); i++) {
      finishing.add(finishingChain(slices.size(i)));
    }
  }

  private long from() {
    return shape.x().get(1);
  }

  private long to() {
    return shape.weight().get(0);
  }

  private long partBytes() {
    return Tiles.POINTS * from() * to() * Float.BYTES;
  }

  private boolean isOneGroupEach() {
    return parts.count() == groups.count();
  }

  private Chain addingChain() {
    Tiles tiles = Tiles.of(shape, groups.each(), place.layout());
    Chain chain = new Chain(place.memory().scope());
    memory x = chain.given(tiles.x());
    memory dy = chain.given(tiles.y());
    memory part = chain.given(Tiles.weights(from(), to()));
    memory numbers = tiles.cut(chain, x, Area.FIRST, Area.SECOND);
    chain.multiply(
        TiledConvolution.numbersMatrix(chain),
        numbers,
        chain.in(Area.FIRST, tiles.points(from())),
        false);
    memory results = tiles.split(chain, dy, Area.THIRD, Area.SECOND);
    chain.multiply(
        chain.kept(Tiles.rows(Tiles.POINTS, RESULT_SQUARE), RESULT),
        results,
        chain.in(Area.THIRD, tiles.points(to())),
        false);
    return chain.multiply(
        chain.in(Area.FIRST, tiles.productsTurned(from())),
        chain.in(Area.THIRD, tiles.products(to())),
        part,
        !isOneGroupEach());
  }

  private Chain finishingChain(long channels) {
    NativeScope scope = place.memory().scope();
    Chain chain = new Chain(scope);
    long square = TiledWeights.SQUARE;
    memory dweight =
        chain.given(
            Tiles.desc(List.of(square, channels, to()), List.of(1L, square, square * from())));
    memory taps = chain.in(Area.FIRST, Tiles.rows(square, channels * to()));
    memory matrix = chain.kept(Tiles.rows(square, Tiles.POINTS), TAPS);
    for (int i = 0; i < parts.count(); i++) {
      memory part =
          chain.given(
              Tiles.desc(List.of(Tiles.POINTS, channels * to()), List.of(from() * to(), 1L)));
      chain.multiply(matrix, part, taps, i > 0);
    }
    memory seen =
        chain.in(
            Area.FIRST,
            Tiles.desc(List.of(square, channels, to()), List.of(channels * to(), to(), 1L)));
    return chain.move(seen, dweight);
  }

  void run(KernelCall call, NativeTensor dy, NativeTensor x, NativeTensor dweight) {
    Workspace sums = place.memory().weights();
    sums.require(partBytes() * parts.count());
    add(call, dy, x, sums);
    finish(call, sums, dweight);
  }

  private void add(KernelCall call, NativeTensor dy, NativeTensor x, Workspace sums) {
    List<Workspace> workspaces = place.memory().blocks(parts.count());
    call.parallel(
        parts.count(),
        i -> {
          Pointer part = sums.at(partBytes() * i);
          if (!isOneGroupEach()) {
            Pointer.memset(part, 0, partBytes());
          }
          for (long group = parts.begin(i); group < parts.begin(i + 1); group++) {
            long image = group * groups.each();
            adding.get(i).run(workspaces.get(i), x.at(image), dy.at(image), part);
          }
        });
  }

  private void finish(KernelCall call, Workspace sums, NativeTensor dweight) {
    List<Workspace> workspaces = place.memory().blocks(slices.count());
    call.parallel(
        slices.count(),
        slice -> {
          long begin = slices.begin(slice);
          Pointer[] given = new Pointer[1 + parts.count()];
          given[0] = at(dweight.data(), begin * TiledWeights.SQUARE);
          for (int i = 0; i < parts.count(); i++) {
            given[1 + i] = at(sums.at(partBytes() * i), begin * to());
          }
          finishing.get(slice).run(workspaces.get(slice), given);
        });
  }

  private static Pointer at(Pointer begin, long element) {
    return new BytePointer(begin).getPointer(element * Float.BYTES);
  }
}
