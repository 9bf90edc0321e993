package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.nolabel.api.UserMistake;
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
    ProcessBuilder child =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Opening.class.getName(),
            folder.toString());
    child.environment().keySet().removeAll(List.of("LANG", "LC_CTYPE"));
    child.environment().put("LC_ALL", "C");
    File said = folder.resolve(".said").toFile();
    assertThat(child.redirectErrorStream(true).redirectOutput(said).start().waitFor()).isZero();
    assertThat(Files.readString(said.toPath(), StandardCharsets.US_ASCII))
        .contains("UserMistake")
        .contains("is not ANSI_X3.4-1968, the encoding that Java uses for names here")
        .contains("Set the environment variable LC_ALL=C.UTF-8");
  }

  /** Opens a folder in a process of its own and prints what comes of it. */
  static final class Opening {

    private Opening() {}

    public static void main(String[] args) {
      try {
        System.out.println(
            Datasets.images("folder:" + args[0], DatasetSettings.DEFAULTS, notice -> {}).size());
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
