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

  /** Strips that are multiplied at once. */
  private static final long STRIPS = 512;

  /** Of strips, with weights for each thread, which has gradients of its own. */
  private static final TileSize.Costs OF_STRIPS = new TileSize.Costs(0.44, 140, 650);

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

  /** Whether a convolution is quicker so. */
  public static boolean pays(ConvolutionShape shape, Workplace place) {
    return allows(shape, place) && squares(shape, place) < direct(shape, place.arithmetic());
  }

  /** Whether both of its gradients are. */
  public static boolean paysForGradients(ConvolutionShape shape, Workplace place) {
    return pays(shape, place) || stripsPay(shape, place);
  }

  /**
   * Whether its gradients are quickest over {@link Strips}. They round a little more than squares
   * do, which goes no further than one step's gradients.
   */
  static boolean stripsPay(ConvolutionShape shape, Workplace place) {
    if (place.arithmetic() != Arithmetic.BF16 || !allows(shape, place)) {
      return false;
    }
    Strips strips = new Strips(shape, place.layout());
    return strips.hasRows()
        && groups(strips, place.threads()).each() * strips.each() >= FEW
        && costs(strips, place.threads())
            < Math.min(squares(shape, place), direct(shape, place.arithmetic()));
  }

  private static boolean allows(ConvolutionShape shape, Workplace place) {
    return place.tiles()
        && !place.layout().isPlain()
        && !place.arithmetic().isOfMatrices()
        && fits(shape);
  }

  /** What the quickest squares cost, if any fill groups. */
  private static double squares(ConvolutionShape shape, Workplace place) {
    return sizes(shape, place)
        .filter(tiles -> fillsGroups(tiles, place.threads()))
        .mapToDouble(TilePolicy::costs)
        .min()
        .orElse(Double.POSITIVE_INFINITY);
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

  private static double costs(Strips strips, int threads) {
    long pairs = strips.from() * strips.to();
    double products = OF_STRIPS.multiplying() * Strips.TAP_VALUES.count() * pairs;
    double rewriting = OF_STRIPS.rewriting() * (strips.from() + strips.to());
    return strips.images() * strips.each() * (products + rewriting)
        + (double) OF_STRIPS.rewritingWeights() * pairs * threads;
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

  /** The same of strips. */
  static ImageGroups groups(Strips strips, int threads) {
    long most = Math.min(STRIPS / strips.each(), strips.images() / threads);
    return ImageGroups.upTo(strips.images(), Math.max(1, most));
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
