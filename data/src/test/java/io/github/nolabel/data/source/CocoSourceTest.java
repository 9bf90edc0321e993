package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.decode.TestFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CocoSourceTest {

  private static final String IMAGES =
      "\"images\":[{\"id\":7,\"file_name\":\"b.png\",\"size\":[1,2]},"
          + "{\"file_name\":\"a.png\",\"id\":3}]";
  private static final String ANNOTATIONS =
      "\"annotations\":[{\"image_id\":3,\"id\":1,\"caption\":\"one\"},"
          + "{\"image_id\":7,\"id\":2,\"caption\":\"two \"},"
          + "{\"image_id\":3,\"id\":3,\"caption\":\"three\"}]";

  @TempDir private Path folder;
  private final Notices notices = new Notices();

  @BeforeEach
  void placeImages() throws IOException {
    Files.createDirectories(folder.resolve("train"));
    for (String place : new String[] {"a.png", "b.png", "train/a.png", "train/b.png"}) {
      Files.write(folder.resolve(place), TestFiles.png(place.length()));
    }
  }

  @Test
  void imagesStandInTheirOwnOrderWithTheirCaptionsInTheirs() throws IOException {
    ImageDataset all = all("{\"info\":{\"x\":[]}," + IMAGES + "," + ANNOTATIONS + "}", "");
    assertThat(FolderSourceTest.names(all)).containsExactly("b.png", "a.png");
    assertThat(all.captions(0)).containsExactly("two");
    assertThat(all.captions(1)).containsExactly("one", "three");
    assertThat(notices.lines()).isEmpty();
    assertThat(all("{" + ANNOTATIONS + "," + IMAGES + "}", "").captions(1)).hasSize(2);
  }

  @Test
  void numbersMayBeWrittenAsFractionsAndIdsThatComeTwiceAreCounted() throws IOException {
    ImageDataset all =
        all(
            """
            {"images": [{"id": 1.0, "file_name": "a.png"}, {"id": 1, "file_name": "b.png"}],
             "annotations": [{"image_id": 1.0, "caption": "one"}]}
            """,
            "");
    assertThat(FolderSourceTest.names(all)).containsExactly("b.png");
    assertThat(all.captions(0)).containsExactly("one");
    assertThat(notices.lines())
        .containsExactly(
            "1 images are left out because a later one has the same id, such as a.png.");
  }

  @Test
  void theImagesMayLieElsewhere() throws IOException {
    Files.delete(folder.resolve("a.png"));
    String json = "{" + IMAGES + "," + ANNOTATIONS + "}";
    assertThat(all(json, "?images=" + folder.resolve("train")).size()).isEqualTo(2);
    assertThat(all(json, "").size()).isEqualTo(1);
    assertThat(notices.lines()).containsExactly("1 of 2 images are missing, such as a.png.");
    assertMistake(json, "?images=no/such", "images=no/such is no folder (looked in ");
  }

  @Test
  void captionsOfNoImageAreCounted() throws IOException {
    all("{" + IMAGES + "," + ANNOTATIONS.replace("\"image_id\":7", "\"image_id\":8") + "}", "");
    assertThat(notices.lines())
        .containsExactly("1 captions belong to no listed image, such as that of entry 2.");
  }

  @Test
  void otherJsonIsAMistake() throws IOException {
    assertMistake("{" + IMAGES + "}", "", "lacks the list 'annotations'. Expected {\"images\"");
    assertMistake("{" + ANNOTATIONS + "}", "", "lacks the list 'images'");
    assertMistake("[]", "", "lacks the list 'images'");
    assertMistake("", "", "lacks the list 'images'");
    assertMistake("{" + IMAGES + ",", "", "is no intact JSON: ");
    assertMistake("{" + IMAGES + ",\"annotations\":[{\"image_id\":7", "", "is no intact JSON: ");
    assertMistake("{" + IMAGES + ",\"annotations\":[{\"image_id\":7}]}", "", "no caption at all");
    assertThatThrownBy(() -> Datasets.open("coco:" + folder, DatasetSettings.DEFAULTS))
        .hasMessageContaining("is a folder, expected a JSON file");
  }

  private ImageDataset all(String json, String options) throws IOException {
    Path file = Files.writeString(folder.resolve("captions.json"), json);
    return Datasets.images("coco:" + file + options, DatasetSettings.DEFAULTS, notices);
  }

  private void assertMistake(String json, String options, String part) {
    assertThatThrownBy(() -> all(json, options))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(part);
  }
}
