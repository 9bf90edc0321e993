package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.decode.ImageDecoder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people have and what is not read is called by its name. */
class UnreadFormatsTest {

  @TempDir Path folder;

  @Test
  void formatsThatAreNotReadAreCountedWithTheirShare() throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(image, "png", folder.resolve("a.png").toFile());
    for (String name : List.of("b.tif", "c.TIFF", "d.heic", "e.avif", "f.jp2", "notes.md")) {
      Files.writeString(folder.resolve(name), "whatever");
    }
    List<String> notices = new ArrayList<>();
    Datasets.open("folder:" + folder, DatasetSettings.DEFAULTS, notices::add);
    assertThat(notices)
        .contains(
            "5 of 6 image files (83.3 %) are of formats that are not read: 2 TIFF, 1 HEIC, 1 AVIF, 1 JPEG 2000. Convert them to PNG, JPEG or WebP.");
  }

  @Test
  void aFolderOfNothingElseSaysSoToo() throws IOException {
    Files.writeString(folder.resolve("b.tif"), "whatever");
    assertThatThrownBy(() -> Datasets.open("folder:" + folder, DatasetSettings.DEFAULTS))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(
            "1 of 1 image files (100.0 %) are of formats that are not read: 1 TIFF");
  }

  @ParameterizedTest
  @CsvSource({
    "TIFF, 49492a00",
    "TIFF, 4d4d002a",
    "HEIC, 00000018667479706865696300",
    "AVIF, 00000020667479706176696600",
    "JPEG 2000, 0000000c6a5020200d0a870a",
    "JPEG 2000, ff4fff51002f0000",
    "TIFF, 49492b0008000000",
    "HEIC, 00000018667479706865766300",
    "camera raw, 000000186674797063727820",
    "PNM, 50360a34",
    "Windows icon, 000001000100",
    "TGA, 00000200000000000000",
    "QOI, 716f6966",
    "OpenEXR, 762f3101",
    "SVG, 3c3f786d6c2076657273696f6e3d22312e30223f3e0a3c73766720783d2231222f3e",
    "SVG, efbbbf0a3c7376672f3e",
  })
  void aFileUnderAnotherNameIsToldByItsFirstBytes(String title, String hex) {
    byte[] file = java.util.HexFormat.of().parseHex(hex);
    assertThatThrownBy(() -> ImageDecoder.decode("photo.jpg", file))
        .isInstanceOf(BrokenImageException.class)
        .hasMessage(
            "'photo.jpg' is an image of the format %s, which is not read: convert it to PNG, JPEG or WebP.",
            title);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          \u00ef\u00bb\u00bf <!DOCTYPE html><html>404 | a web page, no image
          <?xml version="1.0"?><Error>denied</Error> | XML text, no image
          {"error": "denied"} | JSON text, no image
          version https://git-lfs.github.com/spec/v1 | a pointer of Git LFS, no image: run git lfs pull.
          %PDF-1.7 | a PDF document, no image
          """)
  void whatCameInPlaceOfAnImageIsNamed(String content, String told) {
    byte[] file = content.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThatThrownBy(() -> ImageDecoder.decode("photo.jpg", file))
        .isInstanceOf(BrokenImageException.class)
        .hasMessageStartingWith("'photo.jpg' is " + told);
  }

  @ParameterizedTest
  @CsvSource({
    "a zip archive, 504b0304",
    "an empty zip archive, 504b0506",
    "compressed by LZ4, 04224d18",
    "compressed by lzip, 4c5a495001",
    "a cpio archive, 303730373031",
    "a Parquet file, 50415231",
    "compressed by bzip2, 425a6839",
    "compressed by xz, fd377a585a00",
    "a 7-Zip archive, 377abcaf271c",
    "compressed by Zstandard, 28b52ffd",
  })
  void anArchiveOfAnotherKindIsNamed(String kind, String hex) throws IOException {
    byte[] bytes = java.util.HexFormat.of().parseHex(hex);
    Path file = Files.write(folder.resolve("photos.tar.xy"), bytes);
    assertThatThrownBy(() -> Datasets.open("tar:" + file, DatasetSettings.DEFAULTS))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'%s' is %s; archives are read as tar", file, kind);
  }

  @Test
  void aLongListingIsHeardOf() {
    List<String> notices = new ArrayList<>();
    ListingProgress progress = new ListingProgress(Path.of("photos"), 2, notices::add);
    for (int i = 0; i < 5; i++) {
      progress.add();
    }
    assertThat(notices)
        .containsExactly(
            "Listing 'photos': 2 files so far ...", "Listing 'photos': 4 files so far ...");
  }
}
