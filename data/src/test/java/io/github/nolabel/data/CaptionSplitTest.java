package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CaptionSplitTest {

  @Test
  void aTenthOfTheImagesIsHeldOutTheSameForEveryRun() {
    Dataset dataset = open(images("a", 200, CaptionSplitTest::two), DatasetSettings.DEFAULTS);
    List<String> held = names(dataset.described().orElseThrow());
    assertThat(held).hasSize(20).doesNotContainAnyElementsOf(names(dataset.training()));
    assertThat(dataset.training().size()).isEqualTo(180);
    assertThat(dataset.heldOut().questions()).isEmpty();
    Dataset other =
        open(
            images("a", 200, CaptionSplitTest::two),
            DatasetSettings.DEFAULTS.withSeed(9).withLimit(30));
    assertThat(names(other.described().orElseThrow())).isEqualTo(held);
    assertThat(names(other.training())).hasSize(30).doesNotContainAnyElementsOf(held);
  }

  @Test
  void atLeastOneAndAtMostAThousandAreHeldOut() {
    assertThat(held(images("a", 2, CaptionSplitTest::two))).isEqualTo(1);
    assertThat(held(images("a", 20_000, CaptionSplitTest::two))).isEqualTo(1000);
    assertThat(held(images("a", 1, CaptionSplitTest::two))).as("training needs something").isZero();
  }

  @Test
  void onlyImagesWithCaptionsAreHeldOut() {
    Dataset dataset =
        open(images("a", 300, i -> i < 100 ? two(i) : List.of()), DatasetSettings.DEFAULTS);
    assertThat(dataset.described().orElseThrow().size()).isEqualTo(10);
    assertThat(dataset.training().size()).isEqualTo(290);
  }

  @Test
  void imagesWithTheSameNameStayTogether() {
    Described twins = new Described("a", 100, 50, CaptionSplitTest::two);
    Dataset dataset = open(twins, DatasetSettings.DEFAULTS);
    assertThat(names(dataset.training()))
        .doesNotContainAnyElementsOf(names(dataset.described().orElseThrow()));
  }

  @Test
  void aTestSplitWithCaptionsIsUsedAsItIs() {
    Dataset dataset =
        new SplitImages(
                images("a", 50, CaptionSplitTest::two),
                Optional.of(images("b", 7, CaptionSplitTest::two)),
                "f")
            .dataset("test", DatasetSettings.DEFAULTS);
    assertThat(dataset.training().size()).isEqualTo(50);
    assertThat(names(dataset.described().orElseThrow()))
        .hasSize(7)
        .allMatch(n -> n.startsWith("b"));
  }

  @Test
  void withoutCaptionsNothingIsHeldOut() {
    Dataset dataset = open(images("a", 50, i -> List.of()), DatasetSettings.DEFAULTS);
    assertThat(dataset.training().size()).isEqualTo(50);
    assertThat(dataset.described()).isEmpty();
    assertThat(dataset.heldOut().images().size()).isZero();
  }

  @Test
  void captionsAreCounted() {
    ImageDataset images = images("a", 10, i -> i < 4 ? two(i) : List.of());
    assertThat(CaptionCounts.of(images)).isEqualTo(new CaptionCounts(4, 8, 5));
    assertThat(CaptionCounts.of(images("a", 0, CaptionSplitTest::two)))
        .isEqualTo(new CaptionCounts(0, 0, 0));
  }

  private static List<String> two(int index) {
    return List.of("text " + index, "thing");
  }

  private static Dataset open(ImageDataset images, DatasetSettings settings) {
    return new SplitImages(images, Optional.empty(), "f").dataset("test", settings);
  }

  private static int held(ImageDataset images) {
    return open(images, DatasetSettings.DEFAULTS).described().map(ImageDataset::size).orElse(0);
  }

  private static List<String> names(ImageDataset images) {
    return IntStream.range(0, images.size()).mapToObj(images::name).toList();
  }

  private static ImageDataset images(String prefix, int size, IntFunction<List<String>> captions) {
    return new Described(prefix, size, Math.max(1, size), captions);
  }

  /** Unlabelled images; names repeat after {@code different}. */
  private record Described(String prefix, int size, int different, IntFunction<List<String>> texts)
      implements ImageDataset {

    @Override
    public RgbImage image(int index) {
      return RgbImage.of(1, 1, new byte[3]);
    }

    @Override
    public OptionalInt label(int index) {
      return OptionalInt.empty();
    }

    @Override
    public List<String> labelNames() {
      return List.of();
    }

    @Override
    public String name(int index) {
      return prefix + index % different;
    }

    @Override
    public List<String> captions(int index) {
      return texts.apply(index);
    }
  }
}
