package io.github.nolabel.runtime.kernels.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.github.nolabel.runtime.kernels.convolution.ConvolutionCases;
import io.github.nolabel.runtime.kernels.node.ConvolutionShape;
import io.github.nolabel.runtime.kernels.node.ImageBlocks;
import io.github.nolabel.runtime.kernels.node.ImageGroups;
import io.github.nolabel.runtime.kernels.node.KernelMemory;
import io.github.nolabel.runtime.kernels.node.Window;
import io.github.nolabel.runtime.kernels.node.Workplace;
import io.github.nolabel.runtime.kernels.onednn.Arithmetic;
import io.github.nolabel.runtime.kernels.onednn.MapLayout;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What was measured is what is chosen. */
class TilePolicyTest {

  private static final Window SAME =
      new Window(List.of(1L, 1L), List.of(1L, 1L, 1L, 1L), List.of(1L, 1L), 1);

  @ParameterizedTest
  @CsvSource({
    "32, 64, 32, 64, true",
    "32, 128, 16, 128, true",
    "32, 256, 8, 256, true",
    "32, 512, 4, 512, true",
    "64, 64, 56, 64, true",
    "64, 128, 7, 128, true",
    "64, 32, 32, 32, false",
    "64, 3, 32, 64, false",
    "8, 512, 4, 512, false",
    "64, 256, 2, 256, false",
    "502, 256, 8, 256, false",
    "502, 64, 8, 64, false"
  })
  void squaresPayWithManyChannelsAndResults(long n, long from, long size, long to, boolean pay) {
    assertThat(TilePolicy.pays(shape(n, from, size, to, SAME, false), place(true, false)))
        .isEqualTo(pay);
  }

  @Test
  void otherConvolutionsAreComputedDirectly() {
    List<Long> one = List.of(1L, 1L);
    List<Long> two = List.of(2L, 2L);
    List<Long> pads = SAME.pads();
    for (Window window :
        List.of(
            new Window(two, pads, one, 1),
            new Window(one, pads, two, 1),
            new Window(one, List.of(3L, 3L, 3L, 3L), one, 1))) {
      assertThat(TilePolicy.pays(shape(32, 64, 32, 64, window, false), place(true, false)))
          .isFalse();
    }
    assertThat(TilePolicy.pays(shape(32, 64, 32, 64, SAME, true), place(true, false))).isFalse();
  }

  @Test
  void nobodyGetsThemWhoDoesNotWantThem() {
    assertThat(TilePolicy.pays(shape(32, 256, 8, 256, SAME, false), place(false, false))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "32, 64, 32, false",
    "32, 128, 16, true",
    "32, 256, 8, true",
    "64, 256, 6, true",
    "32, 512, 4, true",
    "64, 512, 3, false"
  })
  void inBf16TheyNeedMoreChannels(long n, long channels, long size, boolean pay) {
    assertThat(TilePolicy.pays(shape(n, channels, size, channels, SAME, false), place(true, true)))
        .isEqualTo(pay && !Arithmetic.BF16.isOfMatrices());
  }

  @ParameterizedTest
  @CsvSource({
    "32, 64, 32, 2, true",
    "64, 64, 24, 2, true",
    "32, 128, 16, 2, true",
    "32, 256, 8, 2, true",
    "128, 512, 4, 2, true",
    "128, 512, 4, 16, false",
    "32, 512, 4, 2, false",
    "64, 256, 6, 2, false",
    "64, 512, 3, 2, false",
    "64, 32, 32, 2, false",
    "127, 512, 1, 2, false"
  })
  void inBf16GradientsAreQuickestOverStripsOfMapsAsWide(
      long n, long channels, long size, int threads, boolean pay) {
    ConvolutionShape shape = shape(n, channels, size, channels, SAME, false);
    boolean here = !Arithmetic.BF16.isOfMatrices();
    assertThat(TilePolicy.stripsPay(shape, place(threads, true, true))).isEqualTo(pay && here);
    assertThat(TilePolicy.paysForGradients(shape, place(threads, true, true)))
        .isEqualTo(here && (pay || TilePolicy.pays(shape, place(threads, true, true))));
    assertThat(TilePolicy.stripsPay(shape, place(threads, true, false))).isFalse();
    assertThat(TilePolicy.stripsPay(shape, place(threads, false, true))).isFalse();
  }

  /** Kernels are tested with strips that fit, that do not, and that threads add up. */
  @Test
  void stripsHaveTheirCases() {
    assumeFalse(Arithmetic.BF16.isOfMatrices(), "those convolutions are computed directly");
    List<Strips> strips =
        ConvolutionCases.all().stream()
            .map(each -> each.shape().withBias(false))
            .filter(shape -> TilePolicy.stripsPay(shape, place(3, true, true)))
            .map(shape -> new Strips(shape, MapLayout.maps(Arithmetic.BF16)))
            .toList();
    assertThat(strips)
        .anyMatch(each -> each.shape().y()[3] % 4 == 0)
        .anyMatch(each -> each.shape().y()[3] % 4 != 0)
        .anyMatch(each -> each.shape().window().pads().equals(List.of(0L, 0L, 0L, 0L)))
        .anyMatch(each -> each.shape().window().pads().equals(List.of(2L, 2L, 2L, 2L)))
        .anyMatch(each -> each.shape().window().pads().equals(List.of(0L, 1L, 2L, 0L)))
        .anyMatch(each -> TilePolicy.groups(each, 3).count() <= 3)
        .anyMatch(each -> TilePolicy.groups(each, 3).count() > 3);
  }

  @ParameterizedTest
  @CsvSource({
    "64, 32, 64, 4",
    "64, 24, 64, 4",
    "64, 12, 128, 4",
    "32, 8, 256, 4",
    "64, 6, 256, 3",
    "64, 3, 512, 3"
  })
  void squaresAreAsLargeAsFitsTheMaps(long n, long size, long channels, int results) {
    ConvolutionShape shape = shape(n, channels, size, channels, SAME, false);
    assertThat(TilePolicy.tiles(shape, place(true, false)).size().results()).isEqualTo(results);
  }

  @Test
  void whatBf16MultipliesIsOnlyAddedUpBefore() {
    Tiles tiles = TilePolicy.tiles(shape(32, 256, 8, 256, SAME, false), place(true, true));
    assertThat(tiles.size()).isSameAs(TileSize.TWO);
    assertThat(tiles.size().arithmetic()).isEqualTo(Arithmetic.BF16);
  }

  /** Whose gradient's maps may be smaller, where there is much padding. */
  @Test
  void whatPaysHasTilesForItsGradientToo() {
    Workplace place = place(true, false);
    Window padded = new Window(SAME.strides(), List.of(2L, 2L, 2L, 2L), SAME.dilations(), 1);
    List<ConvolutionShape> paying =
        LongStream.rangeClosed(1, 64)
            .boxed()
            .flatMap(n -> LongStream.rangeClosed(1, 8).mapToObj(size -> List.of(n, size)))
            .map(each -> shape(each.get(0), 128, each.get(1), 128, padded, false))
            .filter(shape -> TilePolicy.pays(shape, place))
            .toList();
    assertThat(paying)
        .hasSizeGreaterThan(100)
        .allMatch(shape -> TilePolicy.tiles(shape.turned(), place).count() > 0);
  }

  /** Kernels are tested with what can be chosen. */
  @ParameterizedTest
  @CsvSource({"false, 3", "false, 4", "true, 2"})
  void everySizeHasItsCases(boolean bf16, int results) {
    assumeFalse(bf16 && Arithmetic.BF16.isOfMatrices(), "those convolutions are computed directly");
    Workplace place = place(true, bf16);
    List<Tiles> tiles =
        ConvolutionCases.all().stream()
            .map(each -> each.shape().withBias(false))
            .filter(shape -> TilePolicy.pays(shape, place))
            .map(shape -> TilePolicy.tiles(shape, place))
            .filter(each -> each.size().results() == results)
            .toList();
    assertThat(tiles)
        .anyMatch(TilePolicy::byChannels)
        .anyMatch(each -> !TilePolicy.byChannels(each));
  }

  @Test
  void roundsAndGroupsAreWholePartsOfTheBatch() {
    ConvolutionShape shape = shape(96, 256, 16, 256, SAME, false);
    Tiles tiles = new Tiles(shape, MapLayout.maps(Arithmetic.FP32), TileSize.FOUR);
    for (ImageGroups groups : List.of(TilePolicy.rounds(tiles), TilePolicy.groups(tiles, 3))) {
      assertThat(groups.each() * groups.count()).isEqualTo(96);
      assertThat(groups.count()).isGreaterThan(1);
    }
  }

  @Test
  void slicesAreNeitherEmptyNorThinnerThanARegister() {
    for (long channels : new long[] {16, 24, 40, 64, 512}) {
      ImageBlocks slices = TilePolicy.slices(channels, 8);
      for (int i = 0; i < slices.count(); i++) {
        assertThat(slices.size(i)).isGreaterThanOrEqualTo(16);
      }
    }
  }

  private static Workplace place(boolean tiles, boolean bf16) {
    return place(2, tiles, bf16);
  }

  private static Workplace place(int threads, boolean tiles, boolean bf16) {
    Arithmetic arithmetic = bf16 ? Arithmetic.BF16 : Arithmetic.FP32;
    return new Workplace(
        new KernelMemory(), threads, arithmetic, MapLayout.maps(arithmetic), tiles);
  }

  private static ConvolutionShape shape(
      long n, long from, long size, long to, Window window, boolean biased) {
    return new ConvolutionShape(
        List.of(n, from, size, size), List.of(to, from, 3L, 3L), window, biased);
  }
}
