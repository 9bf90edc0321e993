package io.github.nolabel.spark.source;

import static io.github.nolabel.spark.source.Sources.all;
import static io.github.nolabel.spark.source.Sources.assertMistake;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.NolabelException;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParquetSourceTest {

  @TempDir private Path folder;

  /** With a copy of the images, and with a row group read for every image. */
  @ParameterizedTest
  @ValueSource(strings = {"", "?scratch=0"})
  void rowsComeInAnyOrderAndAreKnownByFileAndNumber(String options) throws IOException {
    Tables.images(folder.resolve("part-1.parquet"), 12, 3);
    Tables.images(folder.resolve("part-0.parquet"), 0, 12);
    Files.writeString(folder.resolve("_SUCCESS"), "");
    Files.createDirectory(folder.resolve("_temporary"));
    Tables.images(folder.resolve("_temporary/part-0.parquet"), 99, 1);
    ImageDataset all = all("parquet:" + folder + options);
    for (int i = all.size() - 1; i >= 0; i--) {
      int index = i * 7 % all.size();
      assertThat(Pictures.grey(all, index)).isEqualTo(index);
    }
    assertThat(Pictures.names(all))
        .hasSize(15)
        .startsWith("part-0.parquet row 00", "part-0.parquet row 01")
        .endsWith("part-1.parquet row 2");
    assertThat(all.labelNames()).isEmpty();
  }

  @Test
  void aFrameOfBinaryFilesHasTheClassesOfItsFolders() throws IOException {
    Tables.write(
        folder.resolve("part-00000.snappy.parquet"),
        Tables.BINARY_FILE,
        12,
        (row, i) -> {
          row.add("path", "file:/data/pets/%s/%02d.png".formatted(i < 6 ? "cat" : "dog", i));
          row.add("modificationTime", Binary.fromConstantByteArray(new byte[12]));
          row.add("length", (long) Pictures.png(i).length);
          row.add("content", Tables.png(i));
        });
    Dataset data = Datasets.open("parquet:" + folder, DatasetSettings.DEFAULTS);
    assertThat(data.training().labelNames()).containsExactly("cat", "dog");
    assertThat(data.heldOut().questions()).isNotEmpty();
    ImageDataset all = all("parquet:" + folder);
    assertThat(all.name(7)).isEqualTo("file:/data/pets/dog/07.png");
    assertThat(Pictures.labels(all).subList(5, 7)).containsExactly("cat", "dog");
    assertThat(Pictures.greys(all)).isEqualTo(IntStream.range(0, 12).boxed().toList());
  }

  @Test
  void aSetOfHuggingFaceHasLabelsCaptionsAndASplit() throws IOException {
    struct("train-00000-of-00001.parquet", 0, 8);
    struct("test-00000-of-00001.parquet", 8, 4);
    Dataset data = Datasets.open("parquet:" + folder, DatasetSettings.DEFAULTS);
    assertThat(data.training().size()).isEqualTo(8);
    assertThat(data.training().labelNames()).containsExactly("2", "10");
    assertThat(Pictures.labels(data.training()))
        .containsExactly("10", "2", "10", "2", "10", "2", "10", "-");
    assertThat(data.training().captions(3)).containsExactly("picture 3", "again 3");
    assertThat(data.described().orElseThrow().captions(0)).containsExactly("picture 8", "again 8");
    assertThat(Pictures.greys(all("parquet:" + folder + "?split=test")))
        .containsExactly(8, 9, 10, 11);
    assertMistake("parquet:" + folder + "?split=tess", "Did you mean 'test'?");
  }

  /** The eighth row says that nobody knows its label. */
  private void struct(String name, int first, int rows) throws IOException {
    Tables.write(
        folder.resolve(name),
        Tables.STRUCT,
        rows,
        (row, i) -> {
          row.addGroup("image").append("bytes", Tables.png(first + i));
          row.add("label", first + i == 7 ? -1L : i % 2 == 0 ? 10L : 2L);
          Group captions = row.addGroup("captions");
          captions.addGroup("list").append("element", "picture " + (first + i));
          captions.addGroup("list").append("element", "again " + (first + i));
        });
  }

  @Test
  void otherColumnsAreNamedInTheAddress() throws IOException {
    Tables.write(
        folder.resolve("a.parquet"),
        "message m { required binary thumb; required binary photo; required binary alt (STRING);"
            + " required binary kind (STRING); }",
        2,
        (row, i) -> {
          row.add("thumb", Tables.png(50 + i));
          row.add("photo", Tables.png(i));
          row.add("alt", i == 0 ? " " : "one");
          row.add("kind", i == 0 ? "" : "cat");
        });
    String source = "parquet:" + folder.resolve("a.parquet");
    ImageDataset all = all(source + "?image=photo&caption=alt&label=kind");
    assertThat(Pictures.greys(all)).containsExactly(0, 1);
    assertThat(Pictures.labels(all)).containsExactly("-", "cat");
    assertThat(all.captions(0)).isEmpty();
    assertThat(all.captions(1)).containsExactly("one");
    assertMistake(source, "no column of encoded images");
    assertMistake(source + "?image=alt", "no column of encoded images");
    assertMistake(source + "?image=foto", "no column 'foto'. Did you mean 'photo'?");
    assertMistake(source + "?image=photo&label=thumb", "expected whole numbers or text");
  }

  @Test
  void whatIsMissingIsNotWhatIsBroken() throws IOException {
    Path file = folder.resolve("a.parquet");
    Tables.write(
        file,
        "message m { optional binary image; }",
        8,
        (row, i) -> {
          if (i > 0) {
            row.add("image", i == 1 ? Binary.fromString("no image") : Tables.png(i));
          }
        });
    ImageDataset all = all("parquet:" + file);
    assertThatThrownBy(() -> all.image(0))
        .isInstanceOf(BrokenImageException.class)
        .hasMessageContaining("a.parquet row 0");
    assertThatThrownBy(() -> all.image(1)).isInstanceOf(BrokenImageException.class);
    Files.delete(file);
    assertThat(Pictures.grey(all, 4)).as("of the copy").isEqualTo(4);
    assertThatThrownBy(() -> all.image(7))
        .isInstanceOf(NolabelException.class)
        .isNotInstanceOf(BrokenImageException.class)
        .hasMessageContaining("Row group 1 of 'a.parquet' (3 rows) cannot be read");
  }

  @Test
  void whoReadsTheSameInOneProcessSharesTheCopy() throws IOException {
    Path file = folder.resolve("a.parquet");
    Tables.images(file, 0, 7);
    ImageDataset one = all("parquet:" + file);
    ImageDataset other = all("parquet:" + file);
    assertThat(Pictures.grey(one, 2)).isEqualTo(2);
    Files.delete(file);
    assertThat(Pictures.grey(other, 4)).isEqualTo(4);
    assertThat(Pictures.grey(one, 3)).isEqualTo(3);
  }

  @Test
  void whatTheCopyDoesNotHoldIsTold() throws IOException {
    Tables.images(folder.resolve("a.parquet"), 0, 7);
    List<String> told = new ArrayList<>();
    Datasets.open("parquet:" + folder + "?scratch=0", DatasetSettings.DEFAULTS, told::add);
    assertThat(told).singleElement().asString().contains("Raise ?scratch=GB");
    told.clear();
    Datasets.open("parquet:" + folder, DatasetSettings.DEFAULTS, told::add);
    assertThat(told).isEmpty();
  }

  @Test
  void mistakesAreNamedWithTheirCure() throws IOException {
    assertMistake("parquet:" + folder, "no Parquet files in");
    Files.write(folder.resolve("a.parquet"), new byte[100]);
    assertMistake("parquet:" + folder, "Expected a whole Parquet file");
    assertMistake("parquet:" + folder.resolve("b.parquet"), "does not exist");
    Tables.images(folder.resolve("a.parquet"), 0, 0);
    assertMistake("parquet:" + folder, "have no rows");
    Tables.images(folder.resolve("a.parquet"), 0, 2);
    assertMistake("parquet:" + folder + "?scratch=much", "whole number of gigabytes");
    assertThatThrownBy(() -> all(folder.resolve("a.parquet").toString()))
        .hasMessageContaining("write parquet:");
  }
}
