package io.github.nolabel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedBackboneTest {

  @TempDir Path tmp;

  private ExportedBackbone backbone;

  @BeforeEach
  void open() {
    backbone = ExportedBackbone.open(Stored.BACKBONE);
  }

  @AfterEach
  void close() {
    backbone.close();
  }

  @Test
  void itGivesTheFeaturesThatTheLibraryStored() {
    assertStored(backbone.embedFiles(Stored.photos()));
  }

  @Test
  void oneByOneAndFromMemoryTheyAreTheSame() {
    List<BufferedImage> pictures =
        Stored.photos().stream().map(ExportedBackboneTest::picture).toList();
    assertStored(backbone.embed(pictures));
    assertStored(Stored.photos().stream().map(backbone::embed).toArray(float[][]::new));
    assertStored(pictures.stream().map(backbone::embed).toArray(float[][]::new));
  }

  @Test
  void severalThreadsMayShareIt() {
    assertStored(Stored.photos().parallelStream().map(backbone::embed).toArray(float[][]::new));
  }

  @Test
  void nothingGivesNothing() {
    assertThat(backbone.embedFiles(List.of())).isEmpty();
  }

  @Test
  void itsCardSaysHowToUseItAndWhereItComesFrom() {
    Normalisation colours =
        new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));
    assertThat(backbone.card().preprocessing()).isEqualTo(new Preprocessing(16, 1, colours));
    assertThat(backbone.card().provenance())
        .containsAllEntriesOf(Map.of("method", "simclr", "step", "58", "version", "0.1.0-SNAPSHOT"))
        .doesNotContainKey("preprocessing.size");
    assertThat(backbone.featureWidth()).isEqualTo(16);
  }

  @Test
  void aMissingBackboneIsNamed() {
    assertThatThrownBy(() -> ExportedBackbone.open(tmp.resolve("none.onnx")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("none.onnx'; name an exported backbone");
  }

  @Test
  void anythingButOnnxIsRefused() {
    assertThatThrownBy(() -> ExportedBackbone.open(Stored.photos().get(0)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("00.png' is no ONNX file", "name an exported backbone");
  }

  @Test
  void aModelThatDoesNotSayHowImagesArePreparedIsRefused() throws IOException {
    Path foreign = renamed("nolabel.preprocessing.", "someone.preprocessing.");
    assertThatThrownBy(() -> ExportedBackbone.open(foreign))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("foreign.onnx", "nolabel.preprocessing.size", "export it");
  }

  @Test
  void aModelOfOtherThingsIsRefused() throws IOException {
    Path foreign = renamed("features", "textures");
    assertThatThrownBy(() -> ExportedBackbone.open(foreign))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("foreign.onnx", "'features' []", "float[N, 3, 16, 16]");
  }

  @Test
  void aBrokenImageIsNamed() throws IOException {
    Path broken = Files.write(tmp.resolve("broken.png"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> backbone.embedFiles(List.of(Stored.photos().get(0), broken)))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("broken.png", "no PNG, JPEG, WebP, BMP or GIF", "01 02 03");
  }

  @Test
  void aLineIsAnImage() throws IOException {
    BufferedImage line = new BufferedImage(1, 60_000, BufferedImage.TYPE_3BYTE_BGR);
    Path file = tmp.resolve("line.png");
    ImageIO.write(line, "png", file.toFile());
    BufferedImage black = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
    assertThat(backbone.embed(line)).isEqualTo(backbone.embed(black));
    assertThat(backbone.embed(file)).isEqualTo(backbone.embed(black));
  }

  /** One bit per pixel in memory and a few kilobytes in a file, but 595 MB of colours. */
  @Test
  void aPictureThatIsTooLargeIsNamed() throws IOException {
    BufferedImage small = new BufferedImage(16, 16, BufferedImage.TYPE_3BYTE_BGR);
    BufferedImage large = new BufferedImage(14_200, 14_200, BufferedImage.TYPE_BYTE_BINARY);
    assertThatThrownBy(() -> backbone.embed(List.of(small, large)))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "'picture 2 of 2' claims 14200 x 14200 pixels; images up to 200 million pixels are decoded.");
    Path file = tmp.resolve("large.png");
    ImageIO.write(large, "png", file.toFile());
    assertThatThrownBy(() -> backbone.embed(file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("large.png' claims 14200 x 14200 pixels");
    assertThat(backbone.embed(small)).as("it still works").hasSize(16);
  }

  @Test
  void aMissingImageAndAFolderAreNamed() {
    assertThatThrownBy(() -> backbone.embed(tmp.resolve("none.png")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("none.png'; name an image");
    assertThatThrownBy(() -> backbone.embed(tmp))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("cannot be read");
  }

  private void assertStored(float[][] features) {
    float[] expected = Stored.features();
    assertThat(features).hasDimensions(36, 16);
    for (int i = 0; i < expected.length; i++) {
      assertThat(features[i / 16][i % 16]).isCloseTo(expected[i], within(1e-4f));
    }
  }

  /** The stored backbone with one text in place of another of the same length. */
  private Path renamed(String text, String replacement) throws IOException {
    String bytes = Files.readString(Stored.BACKBONE, StandardCharsets.ISO_8859_1);
    return Files.writeString(
        tmp.resolve("foreign.onnx"), bytes.replace(text, replacement), StandardCharsets.ISO_8859_1);
  }

  private static BufferedImage picture(Path photo) {
    try {
      return ImageIO.read(photo.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
