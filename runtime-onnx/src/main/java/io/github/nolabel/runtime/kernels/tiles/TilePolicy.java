package io.github.nolabel.runtime.kernels.tiles;

import static io.github.nolabel.runtime.kernels.tiles.ToomCook.TAPS;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** When convolutions work on {@link Tiles}, and on how many at once: what was measured. */
public final class TilePolicy {

  /** Where all multiplications are done directly, each takes a little less time. */
  private static final double DIRECT = 0.9;

  /** In bf16 each takes half of it. */
  private static final double DIRECT_BF16 = 0.40;

  /** Weights are rewritten there as well, but there are fewer of them than values. */
  private static final long DIRECT_WEIGHTS = 600;

  /** Products of a channel, of tiles that are multiplied where a thread has its own images. */
  private static final long GROUP = 64 * 36;

  /** Fewer leave its units idle. */
  private static final long FEW = 16;

  /** Bytes of weights' values that are too many for a core's cache. */
  private static final long MANY = 36L * 128 * 128 * Float.BYTES;

  /** Values of tiles that all cores' common cache holds. */
  private static final long ROUND = 10 << 18;

  /** Channels of a slice whose weights' values a core's cache holds, and those of a register. */
  private static final long SLICE = 32;

  private static final long THIN = 16;

  private TilePolicy() {}

  /** Whether a convolution, and both its gradients, are quicker so. */
  public static boolean pays(ConvolutionShape shape, Workplace place) {
    return place.tiles()
        && !place.layout().isPlain()
        && !place.arithmetic().isOfMatrices()
        && fits(shape)
        && sizes(shape, place)
            .filter(tiles -> fillsGroups(tiles, place.threads()))
            .anyMatch(tiles -> costs(tiles) < direct(shape, place.arithmetic()));
  }

  /** The quickest, of those whose groups are large enough if there are any. */
  static Tiles tiles(ConvolutionShape shape, Workplace place) {
    return sizes(shape, place)
        .min(
            Comparator.<Tiles, Boolean>comparing(tiles -> !fillsGroups(tiles, place.threads()))
                .thenComparingDouble(TilePolicy::costs))
        .orElseThrow();
  }

  private static Stream<Tiles> sizes(ConvolutionShape shape, Workplace place) {
    return TileSize.ALL.stream()
        .filter(
            size -> size.arithmetic() == Arithmetic.FP32 || place.arithmetic() == Arithmetic.BF16)
        .map(size -> new Tiles(shape, place.layout(), size));
  }

  private static boolean fits(ConvolutionShape shape) {
    Window window = shape.window();
    return !shape.biased()
        && window.groups() == 1
        && window.strides().equals(List.of(1L, 1L))
        && window.dilations().equals(List.of(1L, 1L))
        && shape.weight().subList(2, 4).equals(List.of((long) TAPS, (long) TAPS))
        && window.pads().stream().allMatch(pad -> pad >= 0 && pad < TAPS)
        && Math.min(shape.x().get(1), shape.weight().get(0)) >= THIN;
  }

  private static double costs(Tiles tiles) {
    TileSize.Costs costs = tiles.size().costs();
    long pairs = tiles.from() * tiles.to();
    double products = costs.multiplying() * tiles.size().points() * pairs;
    return tiles.count() * (products + costs.rewriting() * (tiles.from() + tiles.to()))
        + (double) costs.rewritingWeights()
            * pairs
            * (byChannels(tiles) ? rounds(tiles).count() : 1);
  }

  /** Groups are equal, so that a batch of a prime number of images has one image in each. */
  private static boolean fillsGroups(Tiles tiles, int threads) {
    return byChannels(tiles) || groups(tiles, threads).each() * tiles.each() >= FEW;
  }

  private static double direct(ConvolutionShape shape, Arithmetic arithmetic) {
    long[] y = shape.y();
    double each = arithmetic == Arithmetic.BF16 ? DIRECT_BF16 : DIRECT;
    return shape.x().get(1)
        * shape.weight().get(0)
        * (each * TAPS * TAPS * y[0] * y[2] * y[3] + DIRECT_WEIGHTS);
  }

  /** Whether threads share channels better than images. */
  static boolean byChannels(Tiles tiles) {
    return tiles.size().arithmetic().bytes(tiles.size().points() * tiles.from() * tiles.to())
        > MANY;
  }

  /** The batch in groups of so many images that multiplying their tiles keeps a core busy. */
  static ImageGroups groups(Tiles tiles, int threads) {
    long most = Math.min(GROUP / tiles.size().points() / tiles.each(), tiles.images() / threads);
    return ImageGroups.upTo(tiles.images(), Math.max(1, most));
  }

  /** The batch in rounds of so many images that the values of their tiles stay in a cache. */
  static ImageGroups rounds(Tiles tiles) {
    long channels = Math.max(tiles.from(), tiles.to());
    long most = Math.max(1, ROUND / (tiles.size().points() * channels));
    return ImageGroups.upTo(tiles.images(), Math.max(1, most / tiles.each()));
  }

  /** So many channels in slices for threads, which are not too thin to be multiplied. */
  static ImageBlocks slices(long channels, int most) {
    return ImageBlocks.of(
        channels, (int) Math.min(Math.max(most, channels / SLICE), channels / THIN));
  }
}
