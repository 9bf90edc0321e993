package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.decode.TestFiles;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Folders of which a part cannot be read, and names that Java cannot tell from others. */
class OddFoldersTest {

  @TempDir private Path folder;
  private final Notices notices = new Notices();

  @BeforeEach
  void placeFiles() throws IOException {
    add(Files.createDirectories(folder.resolve("a")).resolve("1.png"));
    add(Files.createDirectories(folder.resolve("b")).resolve("2.png"));
  }

  @AfterEach
  void makeReadable() throws IOException {
    permit("b", "rwxr-xr-x");
  }

  @Test
  void aLinkToAParentIsNotFollowedAndNamed() throws IOException {
    Files.createSymbolicLink(folder.resolve("b/up"), folder);
    assertThat(FolderSourceTest.names(all())).containsExactly("a/1.png", "b/2.png");
    assertThat(notices.lines())
        .containsExactly(
            "1 links lead back to a folder above them and are not followed, such as 'b/up'.");
  }

  @Test
  void linksThatLeadNowhereAreCounted() throws IOException {
    Files.createSymbolicLink(folder.resolve("a/gone.png"), Path.of("nowhere.png"));
    assertThat(FolderSourceTest.names(all())).containsExactly("a/1.png", "b/2.png");
    assertThat(notices.lines())
        .containsExactly(
            "1 links that lead nowhere and special files are left out, such as 'a/gone.png'.");
  }

  /**
   * Endless, or written to while it is read: a file has the bytes that it has when it is opened.
   */
  @Test
  @Timeout(20)
  void aFileOfTheRunningSystemIsEmptyAndEndsNothing() throws IOException {
    Path status = Path.of("/proc/self/status");
    assumeTrue(Files.isRegularFile(status), "there is no such system");
    Files.createSymbolicLink(folder.resolve("a/status.png"), status);
    ImageDataset all = all();
    assertThatThrownBy(() -> all.image(1))
        .isInstanceOf(BrokenImageException.class)
        .hasMessageContaining("it starts with nothing, it is empty");
  }

  /** Composed and decomposed, as two systems write the same letter. */
  @Test
  void classesThatLookAlikeAreToldOf() throws IOException {
    add(Files.createDirectory(folder.resolve("\u00e4")).resolve("3.png"));
    add(Files.createDirectory(folder.resolve("a\u0308")).resolve("4.png"));
    assertThat(all().labelNames()).contains("\u00e4", "a\u0308");
    assertThat(notices.lines())
        .containsExactly(
            "Some classes have names that look alike, such as 'a\u0308' (2 characters) and '\u00e4' (1 characters); they stay different classes. If they are one, give their folders one name.");
  }

  @Test
  void linksElsewhereAreFollowed() throws IOException {
    Files.createSymbolicLink(folder.resolve("c"), folder.resolve("a"));
    assertThat(FolderSourceTest.names(all())).containsExactly("a/1.png", "b/2.png", "c/1.png");
  }

  @Test
  void anUnreadableFolderIsLeftOutAndNamed() throws IOException {
    permit("b", "---------");
    assumeFalse(Files.isReadable(folder.resolve("b")), "the superuser reads everything");
    assertThat(FolderSourceTest.names(all())).containsExactly("a/1.png");
    assertThat(notices.lines())
        .containsExactly(
            "1 files or folders cannot be read and are left out, such as 'b' (permission denied).");
  }

  /** Latin-1's ä and ö would both be shown as a question mark, and be one class. */
  @Test
  void aNameThatIsNotInTheEncodingIsRefusedWithTheCure() throws IOException {
    Path latin = Path.of(URI.create(folder.toUri() + "%E4"));
    assumeTrue(latin.toString().indexOf('\uFFFD') >= 0, "names are texts here");
    add(Files.createDirectory(latin).resolve("3.png"));
    assertThatThrownBy(this::all)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("/3.png' is not UTF-8, the encoding that Java uses for names here")
        .hasMessageEndingWith("Rename it, such as with convmv -t utf8.");
  }

  @Test
  void aNameThatHasTheReplacementCharacterItselfIsAsGoodAsAnother() throws IOException {
    add(folder.resolve("a/\uFFFD.png"));
    assertThat(FolderSourceTest.names(all())).contains("a/\uFFFD.png");
  }

  @Test
  void withoutALanguageNamesBeyondAsciiAreRefusedWithTheCure() throws Exception {
    assumeTrue(System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"));
    add(Files.createDirectory(folder.resolve("Äpfel")).resolve("3.png"));
    assertThat(openedWithoutLanguage("folder:" + folder))
        .contains("UserMistake")
        .contains("is not ANSI_X3.4-1968, the encoding that Java uses for names here")
        .contains("Set the environment variable LC_ALL=C.UTF-8");
  }

  @Test
  void listsThatNameImagesBeyondAsciiAreRefusedWithTheSameCure() throws Exception {
    assumeTrue(System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux"));
    Path list = folder.resolve("list.csv");
    Files.writeString(list, "image,caption\na/1.png,red\nÄpfel/3.png,apples\n");
    Path coco = folder.resolve("coco.json");
    Files.writeString(
        coco,
        """
        {"images": [{"id": 1, "file_name": "\\u00c4pfel/3.png"}],
         "annotations": [{"image_id": 1, "caption": "apples"}]}
        """);
    for (String source : List.of("pairs:" + list, "coco:" + coco)) {
      assertThat(openedWithoutLanguage(source))
          .contains("UserMistake")
          .contains("cannot be written in ANSI_X3.4-1968, the encoding that Java uses for names")
          .contains("Set the environment variable LC_ALL=C.UTF-8");
    }
  }

  private String openedWithoutLanguage(String source) throws Exception {
    ProcessBuilder child =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Opening.class.getName(),
            source);
    child.environment().keySet().removeAll(List.of("LANG", "LC_CTYPE"));
    child.environment().put("LC_ALL", "C");
    File said = folder.resolve(".said").toFile();
    assertThat(child.redirectErrorStream(true).redirectOutput(said).start().waitFor()).isZero();
    return Files.readString(said.toPath(), StandardCharsets.US_ASCII);
  }

  /** Opens a folder in a process of its own and prints what comes of it. */
  static final class Opening {

    private Opening() {}

    public static void main(String[] args) {
      try {
        System.out.println(Datasets.images(args[0], DatasetSettings.DEFAULTS, notice -> {}).size());
      } catch (UserMistake e) {
        System.out.println(e);
      }
    }
  }

  private void permit(String name, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve(name), PosixFilePermissions.fromString(permissions));
  }

  private static void add(Path file) throws IOException {
    Files.write(file, TestFiles.png(file.hashCode() & 0xffffff));
  }

  private ImageDataset all() {
    return Datasets.images("folder:" + folder, DatasetSettings.DEFAULTS, notices);
  }
}
