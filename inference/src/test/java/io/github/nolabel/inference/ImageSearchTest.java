package io.github.nolabel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSearchTest {

  @TempDir Path tmp;

  private ExportedBackbone images;
  private ExportedTexts texts;

  @BeforeEach
  void open() {
    images = ExportedBackbone.open(Stored.IMAGE);
    texts = ExportedTexts.open(Stored.TEXT);
  }

  @AfterEach
  void close() {
    images.close();
    texts.close();
  }

  @Test
  void theBestImageComesFirst() {
    ImageSearch search = ImageSearch.over(images, Stored.shapes());
    for (Path shape : Stored.shapes()) {
      String[] words = shape.getFileName().toString().split("-", -1);
      List<ImageSearch.Hit> hits = search.find(texts, "a %s %s".formatted(words[0], words[1]), 9);
      assertThat(hits).hasSize(4).isSortedAccordingTo(byCosine());
      assertThat(hits.get(0).image()).isEqualTo(shape);
    }
  }

  @Test
  void noMoreThanAskedForComeBack() {
    ImageSearch search = ImageSearch.over(images, Stored.shapes());
    assertThat(search.find(texts, "red", 2)).isEqualTo(search.find(texts, "red", 4).subList(0, 2));
    assertThatThrownBy(() -> search.find(texts, "red", 0)).hasMessageContaining("k");
  }

  @Test
  void anImageFindsItself() {
    ImageSearch search = ImageSearch.over(images, Stored.shapes());
    Path last = Stored.shapes().get(3);
    ImageSearch.Hit hit = search.find(images.embed(last), 1).get(0);
    assertThat(hit.image()).isEqualTo(last);
    assertThat(hit.cosine()).isCloseTo(1, within(1e-5));
  }

  @Test
  void ofEqualsTheEarlierFileIsFirst() throws IOException {
    Path a = Files.copy(Stored.shapes().get(0), tmp.resolve("a.png"));
    Path b = Files.copy(Stored.shapes().get(0), tmp.resolve("b.png"));
    assertThat(ImageSearch.over(images, List.of(b, a)).find(texts, "blue", 2))
        .extracting(ImageSearch.Hit::image)
        .containsExactly(b, a);
  }

  @Test
  void brokenAndMissingImagesAreLeftOut() throws IOException {
    Path broken = Files.write(tmp.resolve("broken.png"), new byte[] {1, 2, 3});
    List<Path> files = new ArrayList<>(Stored.shapes());
    files.add(1, broken);
    files.add(tmp.resolve("none.png"));
    ImageSearch search = ImageSearch.over(images, files);
    assertThat(search.find(texts, "a red square", 9))
        .isEqualTo(ImageSearch.over(images, Stored.shapes()).find(texts, "a red square", 9));
    assertThat(search.skipped())
        .extracting(ImageSearch.Skipped::image)
        .containsExactly(broken, tmp.resolve("none.png"));
    assertThat(search.skipped().get(0).reason()).contains("broken.png");
  }

  @Test
  void amongNoneNothingIsFound() {
    assertThat(ImageSearch.over(images, List.of()).find(texts, "red", 3)).isEmpty();
  }

  @Test
  void featuresThatAreNoUnitVectorsAreRefused() {
    try (ExportedBackbone backbone = ExportedBackbone.open(Stored.BACKBONE)) {
      assertThatThrownBy(() -> ImageSearch.over(backbone, Stored.shapes()))
          .isInstanceOf(UserMistake.class)
          .hasMessageContainingAll(".png' have length", "open the image.onnx");
    }
  }

  @Test
  void aQueryOfAnotherWidthIsRefused() {
    ImageSearch search = ImageSearch.over(images, Stored.shapes());
    assertThatThrownBy(() -> search.find(new float[3], 1))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("3 features", "of one run");
  }

  private static Comparator<ImageSearch.Hit> byCosine() {
    return Comparator.comparing(ImageSearch.Hit::cosine).reversed();
  }
}
