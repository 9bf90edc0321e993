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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TarSourceTest {

  private static final byte[] RED = TestFiles.png(0xFF0000);
  private static final byte[] BLUE = TestFiles.png(0x0000FF);

  @TempDir private Path folder;
  private final Notices notices = new Notices();
  private Path archive;
  private DatasetSettings settings;

  @BeforeEach
  void placeFiles() {
    archive = folder.resolve("a.tar");
    settings = DatasetSettings.DEFAULTS.withCache(folder.resolve("cache"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void classFoldersAndSplits(boolean gzip) throws IOException {
    TarFiles.write(
        archive,
        gzip,
        TarFiles.file("train/red/1.png", RED),
        TarFiles.file("train/blue/2.png", BLUE),
        TarFiles.file("test/red/3.png", RED));
    Dataset dataset = Datasets.open("tar:" + archive, settings);
    assertThat(FolderSourceTest.names(dataset.training()))
        .containsExactly("train/blue/2.png", "train/red/1.png");
    assertThat(dataset.training().image(0).rgb()).startsWith(0, 0, 0xFF);
    assertThat(FolderSourceTest.queries(dataset)).containsExactly("test/red/3.png");
    assertThat(all("?split=test").size()).isEqualTo(1);
  }

  @Test
  void webDatasetPairsCarryLabelsAndCaptions() throws IOException {
    TarFiles.write(
        archive,
        true,
        TarFiles.file("000.png", RED),
        TarFiles.text("000.cls", "10\n"),
        TarFiles.text("000.txt", "a red thing\n"),
        TarFiles.text("000.json", "{}"),
        TarFiles.file("001.left.png", BLUE),
        TarFiles.text("001.cls", "9"),
        TarFiles.file("002.png", BLUE));
    ImageDataset all = all("");
    assertThat(all.labelNames()).as("numbers by value").containsExactly("9", "10");
    assertThat(all.label(0)).hasValue(1);
    assertThat(all.label(1)).hasValue(0);
    assertThat(all.label(2)).isEmpty();
    assertThat(all.captions(0)).containsExactly("a red thing");
    assertThat(all.captions(1)).isEmpty();
  }

  @Test
  void webDatasetCaptionsAreLinesOrStandInJson() throws IOException {
    TarFiles.write(
        archive,
        false,
        TarFiles.file("0.png", RED),
        TarFiles.text("0.txt", "one\n\n two\r\n"),
        TarFiles.text("0.json", "{\"caption\": \"one\", \"text\": \"three\", \"width\": 3}"),
        TarFiles.file("1.png", BLUE),
        TarFiles.text("1.json", "{\"captions\": [\"four\", \"\", \"five\"]}"),
        TarFiles.file("2.png", BLUE),
        TarFiles.text("2.json", "[1]"));
    ImageDataset all = all("");
    assertThat(all.captions(0)).containsExactly("one", "two", "three");
    assertThat(all.captions(1)).containsExactly("four", "five");
    assertThat(all.captions(2)).isEmpty();
  }

  @Test
  void jsonThatIsNoneIsAMistake() throws IOException {
    TarFiles.write(archive, false, TarFiles.file("0.png", RED), TarFiles.text("0.json", "{\"a"));
    assertMistake("'0.json' in the archive is no JSON: ");
  }

  @Test
  void itIsUnpackedOnceAndAgainWhenItChanges() throws IOException {
    TarFiles.write(archive, true, TarFiles.file("1.png", RED));
    String first = Datasets.open("tar:" + archive, settings, notices).fingerprint();
    assertThat(Datasets.open("tar:" + archive, settings, notices).fingerprint()).isEqualTo(first);
    assertThat(notices.lines()).containsExactly("Unpacking '" + archive + "' once ...");
    TarFiles.write(archive, true, TarFiles.file("1.png", RED), TarFiles.file("2.png", BLUE));
    assertThat(Datasets.open("tar:" + archive, settings, notices).fingerprint())
        .isNotEqualTo(first);
    assertThat(notices.lines()).hasSize(2);
  }

  @Test
  void aDamagedCacheIsMadeAgain() throws IOException {
    TarFiles.write(archive, false, TarFiles.file("1.png", RED));
    String fingerprint = Datasets.open("tar:" + archive, settings).fingerprint();
    for (Path file : cacheFiles()) {
      byte[] content = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(content, content.length / 2));
      Dataset again = Datasets.open("tar:" + archive, settings);
      assertThat(again.fingerprint()).isEqualTo(fingerprint);
      assertThat(again.training().image(0).rgb()).startsWith(0xFF, 0, 0);
    }
    assertThat(cacheFiles()).as("no temporary files stay").hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil.png", "/etc/evil.png", "a/../../evil.png", "..\\evil.png", "a/.."})
  void namesThatPointOutsideAreRefused(String name) throws IOException {
    TarFiles.write(archive, true, TarFiles.file("1.png", RED), TarFiles.file(name, BLUE));
    assertMistake("points outside of it");
    assertThat(cacheFiles()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anArchiveThatIsCutOffIsAMistake(boolean gzip) throws IOException {
    byte[] noise = new byte[20_000];
    new java.util.Random(1).nextBytes(noise);
    TarFiles.write(archive, gzip, TarFiles.file("1.png", RED), TarFiles.file("2.png", noise));
    byte[] whole = Files.readAllBytes(archive);
    for (int length : new int[] {1, 100, 560, 5_000}) {
      Files.write(archive, Arrays.copyOf(whole, length));
      assertMistake("is no intact tar archive");
    }
    assertThat(cacheFiles()).isEmpty();
  }

  @Test
  void otherFilesAreMistakes() throws IOException {
    Files.write(archive, new byte[0]);
    assertMistake("is no intact tar archive");
    Files.write(archive, RED);
    assertMistake("is no intact tar archive");
    TarFiles.write(archive, true, TarFiles.text("readme.txt", "x"));
    assertMistake("no images among the 1 files");
    assertThatThrownBy(() -> Datasets.open("tar:" + folder, settings))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is a folder, expected a tar archive");
  }

  /** A header may claim anything: nothing of it stays. */
  @Test
  void aHeaderThatClaimsTooMuchIsDamage() throws IOException {
    Files.write(archive, headerOf("zeros.png", 3L << 29));
    assertMistake("is no intact tar archive");
    assertThat(cacheFiles()).isEmpty();
  }

  private static byte[] headerOf(String name, long size) {
    byte[] header = new byte[512];
    var entry = new org.apache.commons.compress.archivers.tar.TarArchiveEntry(name);
    entry.setSize(size);
    entry.writeEntryHeader(header);
    return header;
  }

  private ImageDataset all(String options) {
    return Datasets.images("tar:" + archive + options, settings, notices);
  }

  private List<Path> cacheFiles() throws IOException {
    if (!Files.exists(settings.cache())) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(settings.cache())) {
      return files.filter(file -> !file.toString().endsWith(".lock")).sorted().toList();
    }
  }

  private void assertMistake(String part) {
    assertThatThrownBy(() -> Datasets.open("tar:" + archive, settings))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(part);
  }
}
