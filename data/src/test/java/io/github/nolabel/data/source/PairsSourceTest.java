package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.decode.TestFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairsSourceTest {

  @TempDir private Path folder;
  private final Notices notices = new Notices();

  @BeforeEach
  void placeImages() throws IOException {
    Files.createDirectories(folder.resolve("sub"));
    Files.write(folder.resolve("a.png"), TestFiles.png(0xFF0000));
    Files.write(folder.resolve("sub/b.png"), TestFiles.png(0x0000FF));
  }

  @Test
  void rowsOfTheSameImageAreJoinedInTheFilesOrder() throws IOException {
    ImageDataset all =
        all("x.csv", "image,caption\nsub/b.png,one\na.png,two\n./sub/b.png,three\nsub/b.png,one\n");
    assertThat(FolderSourceTest.names(all)).containsExactly("sub/b.png", "a.png");
    assertThat(all.captions(0)).containsExactly("one", "three", "one");
    assertThat(all.captions(1)).containsExactly("two");
    assertThat(all.label(0)).isEmpty();
    assertThat(all.labelNames()).isEmpty();
    assertThat(all.image(1).rgb()).startsWith(0xFF, 0, 0);
    assertThat(notices.lines()).isEmpty();
  }

  @Test
  void quotesCommasAndLineBreaksBelongToTheCaption() throws IOException {
    ImageDataset all =
        all(
            "x.csv",
            "\uFEFFImage Path,comment,id\r\n\r\na.png,\"a \"\"big\"\" dog,\r\nrunning\",7\r\n"
                + "sub/b.png, a \"blue\" thing ,8");
    assertThat(all.captions(0)).containsExactly("a \"big\" dog,\r\nrunning");
    assertThat(all.captions(1)).containsExactly("a \"blue\" thing");
  }

  @Test
  void tabsSeparateInTsvAndSeveralColumnsMayDescribe() throws IOException {
    ImageDataset all =
        all("x.TSV", "caption_1\tfile_name\tsize\tcaption_2\na, b\ta.png\t3\tc\nd\tsub/b.png\t3\n");
    assertThat(all.captions(0)).containsExactly("a, b", "c");
    assertThat(all.captions(1)).containsExactly("d");
  }

  @Test
  void jsonLinesHoldOneTextOrMany() throws IOException {
    ImageDataset all =
        all(
            "x.jsonl",
            "\uFEFF"
                + """
                {"image": "a.png", "caption": "one"}

                {"text": ["two", " ", "three"], "file_name": "sub/b.png", "n": 1}
                {"image": "a.png", "caption": ["four"]}\
                """);
    assertThat(all.captions(0)).containsExactly("one", "four");
    assertThat(all.captions(1)).containsExactly("two", "three");
    assertThat(notices.lines()).containsExactly("1 captions are empty, such as on line 3.");
  }

  @Test
  void absolutePathsAreAllowed() throws IOException {
    ImageDataset all = all("x.csv", "img,text\n" + folder.resolve("a.png") + ",one\na.png,two");
    assertThat(all.size()).isEqualTo(1);
    assertThat(all.captions(0)).containsExactly("one", "two");
  }

  @Test
  void theAddressMayNameTheColumns() throws IOException {
    write("x.csv", "image,photo,caption,alt\nno.png,a.png,no,yes\n");
    assertThat(images("x.csv?image=photo&caption=alt").captions(0)).containsExactly("yes");
    write("x.jsonl", "{\"photo\":\"a.png\",\"alt\":\"yes\",\"caption\":\"no\"}");
    assertThat(images("x.jsonl?image=photo&caption=alt").captions(0)).containsExactly("yes");
  }

  @Test
  void badRowsAreLeftOutAndSaidOnce() throws IOException {
    ImageDataset all =
        all(
            "x.csv",
            """
            image,caption
            a.png,one
            no.png,x
            not.png,x
            sub/b.png
            ,x
            a.png,cut, here
            a.png,"two",
            sub/b.png,
            """);
    assertThat(FolderSourceTest.names(all)).containsExactly("a.png", "sub/b.png");
    assertThat(all.captions(0)).containsExactly("one", "two");
    assertThat(all.captions(1)).isEmpty();
    assertThat(notices.lines())
        .containsExactly(
            "2 of 4 images are missing, such as no.png.",
            "1 captions are empty, such as on line 9.",
            "2 rows lack the image or the caption and are left out, such as line 5.",
            "1 rows have more fields than the header and are left out, such as line 7; put quotes"
                + " around captions with commas.");
  }

  @Test
  void unknownColumnsAreMistakesThatListThoseThereAre() throws IOException {
    write("x.csv", "picture,caption\na.png,x\n");
    assertMistake("x.csv", "has no image column; expected one of image, image_path, path, ");
    assertMistake("x.csv", "Name it: ?image=COLUMN. Columns found: 'picture', 'caption'.");
    assertMistake(
        "x.csv?image=pictre",
        "has no column 'pictre'. Did you mean 'picture'? Columns found: 'picture', 'caption'.");
    assertMistake("x.csv?image=picture&caption=words", "has no column 'words'. Columns found:");
    write("x.jsonl", "{\"image\":\"a.png\"}");
    assertMistake("x.jsonl", "has no caption column;");
  }

  @Test
  void nothingUsableIsAMistake() throws IOException {
    write("x.csv", "image,caption\nno.png,x\nnot.png,x");
    assertMistake("x.csv", "none of the 2 images in '");
    assertMistake("x.csv", "such as 'no.png' (looked in '" + folder);
    write("x.csv", "image,caption\na.png,\n");
    assertMistake("x.csv", "has no caption at all (1 images, 1 empty captions, 0 rows left out)");
    write("x.csv", "image,caption\n");
    assertMistake("x.csv", "has no caption at all");
    write("x.csv", "");
    assertMistake("x.csv", "is empty, expected a header such as image,caption");
    write("x.jsonl", "\n");
    assertMistake("x.jsonl", "Columns found: none.");
  }

  @Test
  void aQuoteThatNeverEndsIsNamedByItsLine() throws IOException {
    write("x.csv", "image,caption\na.png,\"good\nand\"\na.png,\"bad\na.png,x\na.png,y\n");
    assertMistake("x.csv", "the quote that starts on line 4 of '");
    write("x.csv", "image,caption\na.png,x\na.png,\"bad\" dog\n");
    assertMistake("x.csv", "line 3 of '" + folder.resolve("x.csv") + "': a text goes on after");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.csv", "x.jsonl"})
  void textThatIsNoUtf8IsNamedByItsLine(String name) throws IOException {
    String text =
        name.endsWith("csv")
            ? "image,caption\na.png,x\na.png,caf\u00e9\n"
            : "\n\n{\"image\":\"a.png\",\"caption\":\"caf\u00e9\"}\n";
    Files.write(folder.resolve(name), text.getBytes(StandardCharsets.ISO_8859_1));
    assertMistake(name, "line 3 of '" + name + "' is no UTF-8 text. Save the file as UTF-8.");
  }

  @Test
  void captionsThatAreNoTextAreMistakes() throws IOException {
    write("x.csv", "image,caption\na.png,x\na.png,a\0b\n");
    assertMistake("x.csv", "line 3 of '" + folder.resolve("x.csv") + "': a caption has a NUL byte");
    write("x.csv", "image,caption\na.png," + "x".repeat(65_537));
    assertMistake("x.csv", "line 2 of '");
    assertMistake("x.csv", "a caption of 65,537 characters; at most 65,536 are expected.");
    write("x.csv", "image,caption\na.png," + "x".repeat(65_536));
    assertThat(images("x.csv").captions(0).get(0)).hasSize(65_536);
  }

  @Test
  void linesThatAreNoObjectsAreMistakes() throws IOException {
    write("x.jsonl", "{\"image\":\"a.png\",\"caption\":\"x\"}\n[1]\n");
    assertMistake(
        "x.jsonl", "line 2 of '" + folder.resolve("x.jsonl") + "' is no JSON object: got array.");
    write("x.jsonl", "{\"image\":\"a.png\",");
    assertMistake("x.jsonl", "line 1 of");
  }

  @Test
  void otherFilesAndFoldersAreMistakes() throws IOException {
    write("x.xlsx", "x");
    assertMistake("x.xlsx", "is another kind of file, expected a .csv, .tsv or .jsonl file");
    assertMistake("sub", "is a folder, expected a .csv");
    write("x.csv", "x");
    assertThatThrownBy(() -> Datasets.open(folder.resolve("x.csv").toString(), SETTINGS))
        .hasMessageContaining("write pairs:");
  }

  @Test
  void theFingerprintIsOfImagesAndCaptions() throws IOException {
    write("x.csv", "image,caption\na.png,x\n");
    String before = Datasets.open("pairs:" + folder.resolve("x.csv"), SETTINGS).fingerprint();
    write("x.csv", "image,caption\na.png,y\n");
    assertThat(Datasets.open("pairs:" + folder.resolve("x.csv"), SETTINGS).fingerprint())
        .isNotEqualTo(before);
  }

  @Test
  void copiesOfHeldOutImagesAreNotTrained() throws IOException {
    StringBuilder rows = new StringBuilder("image,caption\n");
    for (int i = 0; i < 40; i++) {
      Files.write(folder.resolve(i + ".png"), TestFiles.png(1000 * (i % 20)));
      rows.append(i).append(".png,thing ").append(i).append('\n');
    }
    write("x.csv", rows.toString());
    Dataset dataset = Datasets.open("pairs:" + folder.resolve("x.csv"), SETTINGS);
    ImageDataset held = dataset.described().orElseThrow();
    assertThat(held.size() + dataset.training().size()).isEqualTo(40);
    assertThat(pixels(held)).doesNotContainAnyElementsOf(pixels(dataset.training()));
  }

  private static List<String> pixels(ImageDataset images) {
    return IntStream.range(0, images.size())
        .mapToObj(i -> Arrays.toString(images.image(i).rgb()))
        .toList();
  }

  private static final DatasetSettings SETTINGS = DatasetSettings.DEFAULTS;

  private ImageDataset all(String name, String content) throws IOException {
    write(name, content);
    return images(name);
  }

  private void write(String name, String content) throws IOException {
    Files.writeString(folder.resolve(name), content);
  }

  private ImageDataset images(String address) {
    return Datasets.images("pairs:" + folder + "/" + address, SETTINGS, notices);
  }

  private void assertMistake(String address, String part) {
    assertThatThrownBy(() -> images(address))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(part);
  }
}
