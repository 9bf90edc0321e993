package io.github.nolabel.runtime.kernels.tiles;

import static io.github.nolabel.runtime.kernels.tiles.ToomCook.RESULTS;
import static io.github.nolabel.runtime.kernels.tiles.ToomCook.TAPS;

import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import java.util.List;

/** When convolutions work on {@link Tiles}, and on how many at once: what was measured. */
public final class TilePolicy {

  /** Rewriting a number between a tile and its values takes as long as so many multiplications. */
  private static final long REWRITING = 1950;

  /** The same for a pair of channels' weights. */
  private static final long REWRITING_WEIGHTS = 1400;

  /** Where all multiplications are done directly, each takes a little less time. */
  private static final double DIRECT = 0.9;

  /** In bf16 each takes half of it; the tiles' own are done in float32. */
  private static final double DIRECT_BF16 = 0.46;

  /** Weights are rewritten there as well, but there are fewer of them than values. */
  private static final long DIRECT_WEIGHTS = 700;

  /** Tiles that are multiplied together where a thread has its own images. */
  private static final long GROUP = 64;

  /** Fewer leave its units idle. */
  private static final long FEW = 16;

  /** Pairs of channels whose values are too many for a core's cache. */
  private static final long MANY_PAIRS = 128 * 128;

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
        && fillsGroups(shape, place.threads())
        && costs(shape) < direct(shape, place.arithmetic());
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

  private static double costs(ConvolutionShape shape) {
    long pairs = pairs(shape);
    long channels = shape.x().get(1) + shape.weight().get(0);
    return shape.x().get(0) * each(shape) * (Tiles.POINTS * pairs + REWRITING * channels)
        + (double) REWRITING_WEIGHTS * pairs * (byChannels(shape) ? rounds(shape).count() : 1);
  }

  /** Groups are equal, so that a batch of a prime number of images has one image in each. */
  private static boolean fillsGroups(ConvolutionShape shape, int threads) {
    return byChannels(shape) || groups(shape, threads).each() * each(shape) >= FEW;
  }

  private static double direct(ConvolutionShape shape, Arithmetic arithmetic) {
    long[] y = shape.y();
    double each = arithmetic == Arithmetic.BF16 ? DIRECT_BF16 : DIRECT;
    return pairs(shape) * (each * TAPS * TAPS * y[0] * y[2] * y[3] + DIRECT_WEIGHTS);
  }

  private static long pairs(ConvolutionShape shape) {
    return shape.x().get(1) * shape.weight().get(0);
  }

  /** Tiles of an image. */
  private static long each(ConvolutionShape shape) {
    return along(shape.y()[2]) * along(shape.y()[3]);
  }

  /** Tiles along an axis. */
  static long along(long positions) {
    return (positions + RESULTS - 1) / RESULTS;
  }

  /** Whether threads share channels better than images. */
  static boolean byChannels(ConvolutionShape shape) {
    return pairs(shape) > MANY_PAIRS;
  }

  /** The batch in groups of so many images that multiplying their tiles keeps a core busy. */
  static ImageGroups groups(ConvolutionShape shape, int threads) {
    long images = shape.x().get(0);
    long most = Math.min(GROUP / each(shape), images / threads);
    return ImageGroups.upTo(images, Math.max(1, most));
  }

  /** The batch in rounds of so many images that the values of their tiles stay in a cache. */
  static ImageGroups rounds(ConvolutionShape shape) {
    long channels = Math.max(shape.x().get(1), shape.weight().get(0));
    long tiles = Math.max(1, ROUND / (Tiles.POINTS * channels));
    return ImageGroups.upTo(shape.x().get(0), Math.max(1, tiles / each(shape)));
  }

  /** So many channels in slices for threads, which are not too thin to be multiplied. */
  static ImageBlocks slices(long channels, int most) {
    return ImageBlocks.of(
        channels, (int) Math.min(Math.max(most, channels / SLICE), channels / THIN));
  }
}
