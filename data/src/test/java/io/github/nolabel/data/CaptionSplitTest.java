package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
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
    ImageDataset twins = new DescribedImages(100, i -> "a" + i % 50, i -> 0, CaptionSplitTest::two);
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
    return new DescribedImages(prefix, size, captions);
  }
}
