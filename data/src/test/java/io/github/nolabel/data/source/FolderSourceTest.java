package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.decode.TestFiles;
import io.github.nolabel.evaluation.NeighbourQuestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderSourceTest {

  @TempDir private Path folder;

  @Test
  void subFoldersAreClassesWhateverTheirDepth() throws IOException {
    add("cat/1.png", "cat/more/2.PNG", "dog/3.png");
    ImageDataset all = all("folder:" + folder);
    assertThat(names(all)).containsExactly("cat/1.png", "cat/more/2.PNG", "dog/3.png");
    assertThat(all.labelNames()).containsExactly("cat", "dog");
    assertThat(IntStream.range(0, 3).map(i -> all.label(i).orElseThrow())).containsExactly(0, 0, 1);
  }

  @Test
  void imagesInTheRootHaveNoLabelAndNothingIsAsked() throws IOException {
    add("1.png", "2.png");
    Dataset dataset = open("folder:" + folder);
    assertThat(dataset.training().size()).isEqualTo(2);
    assertThat(dataset.training().label(0)).isEqualTo(OptionalInt.empty());
    assertThat(dataset.heldOut().questions()).isEmpty();
    assertThat(dataset.heldOut().preprocessed(Preprocessing.standard(8)).size()).isZero();
  }

  @Test
  void aTenthOfEveryClassIsHeldOutTheSameForEverySeed() throws IOException {
    for (int i = 0; i < 20; i++) {
      add("cat/" + i + ".png", "dog/" + i + ".png");
    }
    add("dog/20.png");
    Dataset dataset = open("folder:" + folder);
    assertThat(dataset.training().size()).isEqualTo(37);
    NeighbourQuestion question = dataset.heldOut().questions().get(0);
    assertThat(question.name()).isEqualTo("accuracy");
    assertThat(question.neighbours()).isEqualTo(20);
    assertThat(queries(dataset)).hasSize(4).doesNotContainAnyElementsOf(names(dataset.training()));
    Dataset other =
        Datasets.open("folder:" + folder, DatasetSettings.DEFAULTS.withSeed(5).withLimit(10));
    assertThat(queries(other)).isEqualTo(queries(dataset));
    assertThat(other.training().size()).isEqualTo(10);
  }

  @Test
  void trainAndTestFoldersAreTheSplitAndShareTheirLabels() throws IOException {
    add("set/train/cat/1.png", "set/train/dog/2.png", "set/test/dog/3.png", "set/test/emu/4.png");
    Dataset dataset = open("folder:" + folder);
    assertThat(names(dataset.training()))
        .containsExactly("set/train/cat/1.png", "set/train/dog/2.png");
    assertThat(dataset.training().labelNames()).containsExactly("cat", "dog", "emu");
    assertThat(queries(dataset)).as("nobody can know an emu").containsExactly("set/test/dog/3.png");
    assertThat(dataset.heldOut().questions().get(0).labels()).containsExactly(0, 1, 1);
  }

  @Test
  void validationBesideTrainAndTestIsLeftOutWhichIsSaidAndEmbeddedAllTheSame() throws IOException {
    add("train/cat/1.png", "train/dog/2.png", "test/cat/3.png", "val/dog/4.png", "val/emu/5.png");
    add("6.png", "more/7.png");
    Notices notices = new Notices();
    Dataset dataset = Datasets.open("folder:" + folder, DatasetSettings.DEFAULTS, notices);
    assertThat(names(dataset.training())).containsExactly("train/cat/1.png", "train/dog/2.png");
    assertThat(queries(dataset)).containsExactly("test/cat/3.png");
    assertThat(notices.lines())
        .containsExactly(
            "4 images beside 'train' and 'test' are neither learnt from nor asked about, such as"
                + " '6.png'. To use only those of one top folder, add ?split=NAME.");
    ImageDataset all = all("folder:" + folder);
    assertThat(names(all)).hasSize(7).contains("6.png", "more/7.png", "val/emu/5.png");
    assertThat(all.labelNames()).as("classes of training and test").containsExactly("cat", "dog");
    assertThat(all.label(names(all).indexOf("val/dog/4.png"))).hasValue(1);
    assertThat(all.label(names(all).indexOf("val/emu/5.png"))).isEmpty();
  }

  /** As in STL-10. */
  @ParameterizedTest
  @ValueSource(strings = {"unlabeled", "Unlabelled", "extra"})
  void unlabelledImagesAreLearntFromWithoutLabels(String name) throws IOException {
    add("train/a/1.png", "train/b/2.png", "test/a/3.png", name + "/4.png", name + "/part/5.png");
    Notices notices = new Notices();
    Dataset dataset = Datasets.open("folder:" + folder, DatasetSettings.DEFAULTS, notices);
    ImageDataset training = dataset.training();
    assertThat(names(training))
        .containsExactlyInAnyOrder(
            "train/a/1.png", "train/b/2.png", name + "/4.png", name + "/part/5.png");
    assertThat(training.labelNames()).containsExactly("a", "b");
    assertThat(training.label(names(training).indexOf(name + "/part/5.png"))).isEmpty();
    assertThat(dataset.labelled().orElseThrow().training().size()).isEqualTo(2);
    assertThat(queries(dataset)).containsExactly("test/a/3.png");
    assertThat(notices.lines()).isEmpty();
    assertThat(all("folder:" + folder).size()).isEqualTo(5);
  }

  @Test
  void unlabelledImagesBesideTrainNeedNoTest() throws IOException {
    for (int i = 0; i < 10; i++) {
      add("train/a/" + i + ".png", "train/b/" + i + ".png", "unlabeled/" + i + ".png");
    }
    Dataset dataset = open("folder:" + folder);
    assertThat(dataset.training().size()).isEqualTo(28);
    assertThat(dataset.training().labelNames()).containsExactly("a", "b");
    assertThat(queries(dataset)).hasSize(2).allMatch(query -> query.startsWith("train/"));
  }

  @Test
  void testImagesWithoutLabelsCannotAsk() throws IOException {
    for (int i = 0; i < 10; i++) {
      add("train/cat/" + i + ".png", "train/dog/" + i + ".png", "test/" + i + ".png");
    }
    Dataset dataset = open("folder:" + folder);
    assertThat(dataset.training().size()).isEqualTo(18);
    assertThat(queries(dataset)).hasSize(2).allMatch(name -> name.startsWith("train/"));
  }

  @Test
  void splitPicksATopFolder() throws IOException {
    add("train/cat/1.png", "val/cat/2.png", "val/dog/3.png");
    assertThat(names(all("folder:" + folder + "?split=val")))
        .containsExactly("val/cat/2.png", "val/dog/3.png");
    assertThatThrownBy(() -> all("folder:" + folder + "?split=vall"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("no top folder 'vall'. Did you mean 'val'? Top folders: train, val.");
  }

  @Test
  void splitMayNameTheOnlyTopFolder() throws IOException {
    add("set/train/cat/1.png", "set/train/dog/2.png");
    assertThat(all("folder:" + folder + "?split=train").labelNames()).containsExactly("cat", "dog");
    assertThat(all("folder:" + folder).labelNames()).containsExactly("cat", "dog");
  }

  @Test
  void otherFilesAreIgnoredAndCounted() throws IOException {
    add("cat/1.png", ".hidden/2.png", "cat/.3.png");
    Files.writeString(folder.resolve("notes.txt"), "x");
    Notices notices = new Notices();
    ImageDataset all = Datasets.images("folder:" + folder, DatasetSettings.DEFAULTS, notices);
    assertThat(names(all)).containsExactly("cat/1.png");
    assertThat(notices.lines()).containsExactly("1 files that are no images are ignored.");
  }

  @Test
  void aTextFileBesideAnImageHoldsItsCaptionsLineByLine() throws IOException {
    add("a.v2.png", "b.png", "c.png");
    Files.writeString(folder.resolve("a.v2.txt"), "\uFEFFone\r\n\n  two \n");
    Files.writeString(folder.resolve("b.TXT"), "three");
    Files.writeString(folder.resolve("lonely.txt"), "four");
    Files.writeString(folder.resolve("c.txt"), " \n");
    Notices notices = new Notices();
    ImageDataset all = Datasets.images("folder:" + folder, DatasetSettings.DEFAULTS, notices);
    assertThat(all.captions(0)).containsExactly("one", "two");
    assertThat(all.captions(1)).containsExactly("three");
    assertThat(all.captions(2)).isEmpty();
    assertThat(notices.lines()).containsExactly("1 files that are no images are ignored.");
  }

  @Test
  void captionsThatAreNoTextAreMistakes() throws IOException {
    add("a.png");
    Files.write(folder.resolve("a.txt"), new byte[] {'a', '\n', (byte) 0xE9, 'b'});
    assertThatThrownBy(() -> all("folder:" + folder))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'a.txt' is no UTF-8 text. Save it as UTF-8, one caption per line.");
    Files.writeString(folder.resolve("a.txt"), "x\na\0b");
    assertThatThrownBy(() -> all("folder:" + folder))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("line 2 of 'a.txt': a caption has a NUL byte");
  }

  @Test
  void theFingerprintIsOfCaptionsToo() throws IOException {
    add("a.png", "b.png");
    String before = open("folder:" + folder).fingerprint();
    Files.writeString(folder.resolve("a.txt"), "one");
    assertThat(open("folder:" + folder).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void noImagesIsAMistake() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "x");
    assertThatThrownBy(() -> open("folder:" + folder))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("no images in")
        .hasMessageContaining("(1 other files)");
  }

  @Test
  void aFileWhereAFolderIsExpectedIsAMistake() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    assertThatThrownBy(() -> open("folder:" + file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is a file, expected a folder of images");
  }

  @Test
  void aBrokenImageIsNamedWhenItIsDecodedAndStrictlyAMistake() throws IOException {
    add("1.png");
    Files.writeString(folder.resolve("2.png"), "no image");
    assertThatThrownBy(() -> all("folder:" + folder).image(1))
        .isInstanceOf(BrokenImageException.class)
        .hasMessageContaining("'2.png' is no PNG");
    Dataset strict = Datasets.open("folder:" + folder, DatasetSettings.DEFAULTS.withStrict(true));
    assertThatThrownBy(() -> strict.training().image(1)).isInstanceOf(UserMistake.class);
  }

  @Test
  void theFingerprintIsOfNamesAndContents() throws IOException {
    add("1.png", "2.png");
    String before = open("folder:" + folder).fingerprint();
    assertThat(open("folder:" + folder).fingerprint()).isEqualTo(before).hasSize(64);
    Files.write(folder.resolve("2.png"), TestFiles.png(0x123456));
    assertThat(open("folder:" + folder).fingerprint()).isNotEqualTo(before);
  }

  @Test
  void smallImagesAreDecodedOnceAsLongAsTheBudgetLasts() {
    ImageFile first = new ImageFile("1.png", 0, () -> TestFiles.png(1));
    ImageFile second = new ImageFile("2.png", 0, () -> TestFiles.png(2));
    ImageDataset decoding = new FileImages(List.of(first, second), new int[] {-1, -1}, List.of());
    CachedImages cached = new CachedImages(decoding, 3 * 3 * 2 + 64);
    assertThat(cached.image(0)).isSameAs(cached.image(0));
    assertThat(cached.image(1)).isNotSameAs(cached.image(1));
  }

  private void add(String... paths) throws IOException {
    for (String path : paths) {
      Path file = folder.resolve(path);
      Files.createDirectories(file.resolveSibling(""));
      Files.write(file, TestFiles.png(path.hashCode() & 0xffffff));
    }
  }

  private static Dataset open(String source) {
    return Datasets.open(source, DatasetSettings.DEFAULTS);
  }

  private static ImageDataset all(String source) {
    return Datasets.images(source, DatasetSettings.DEFAULTS, notice -> {});
  }

  static List<String> names(ImageDataset images) {
    return IntStream.range(0, images.size()).mapToObj(images::name).toList();
  }

  static List<String> queries(Dataset dataset) {
    return dataset.heldOut().rounds().get(0).queries().stream()
        .map(dataset.heldOut().images()::name)
        .toList();
  }
}
