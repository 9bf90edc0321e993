package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.decode.TestFiles;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives that tar reads, and what must come of them; damage that only the check sum shows. */
class OddArchivesTest {

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

  @Test
  void everyMissingEndOfGzipIsNoticed() throws IOException {
    TarFiles.write(archive, true, TarFiles.file("1.png", RED));
    byte[] whole = Files.readAllBytes(archive);
    for (int length = whole.length - 20; length < whole.length; length++) {
      Files.write(archive, Arrays.copyOf(whole, length));
      assertDamaged();
    }
  }

  @Test
  void aFlippedBitIsNoticedByTheCheckSum() throws IOException {
    byte[] noise = new byte[5000];
    new Random(1).nextBytes(noise);
    TarFiles.write(archive, true, TarFiles.file("1.png", RED), TarFiles.file("2.png", noise));
    byte[] whole = Files.readAllBytes(archive);
    for (int at : new int[] {1000, 3000, whole.length - 8, whole.length - 1}) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 0x10;
      Files.write(archive, flipped);
      assertDamaged();
    }
  }

  @Test
  void aHeaderWithAWrongCheckSumIsDamage() throws IOException {
    TarFiles.write(archive, false, TarFiles.file("1.png", RED));
    byte[] bytes = Files.readAllBytes(archive);
    bytes[0] = '2';
    Files.write(archive, bytes);
    assertDamaged();
  }

  @Test
  void aHeaderThatIsNotAllThereIsDamage() throws IOException {
    TarFiles.write(archive, false, TarFiles.file("1.png", RED), TarFiles.file("2.png", RED));
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, 1024 + 400));
    assertDamaged();
    Files.write(archive, Arrays.copyOf(whole, 1024));
    assertThat(all().size()).isEqualTo(1);
    assertThat(notices.lines())
        .last()
        .asString()
        .endsWith("lacks the mark at its end; it may have been cut off.");
  }

  @Test
  void gzipMayHaveSeveralParts() throws IOException {
    TarFiles.write(archive, false, TarFiles.file("1.png", RED), TarFiles.file("2.png", BLUE));
    byte[] whole = Files.readAllBytes(archive);
    try (var output = Files.newOutputStream(archive)) {
      for (int from = 0; from < whole.length; from += 1000) {
        GZIPOutputStream part = new GZIPOutputStream(output);
        part.write(whole, from, Math.min(1000, whole.length - from));
        part.finish();
      }
    }
    assertThat(all().image(1).rgb()).startsWith(0, 0, 0xFF);
  }

  @Test
  void aHardLinkIsTheEarlierFileAndOtherLinksAreCounted() throws IOException {
    TarFiles.write(
        archive,
        false,
        TarFiles.file("a/1.png", RED),
        TarFiles.file("a/2.png", BLUE),
        TarFiles.hardLink("b/3.png", "./a/1.png"),
        TarFiles.hardLink("b/4.png", "a/none.png"),
        TarFiles.symbolicLink("b/5.png", "/etc/passwd"));
    ImageDataset all = all();
    assertThat(FolderSourceTest.names(all)).containsExactly("a/1.png", "a/2.png", "b/3.png");
    assertThat(all.image(2).rgb()).isEqualTo(all.image(0).rgb());
    String told = "2 links and special files in the archive are ignored, such as 'b/4.png'.";
    assertThat(notices.lines()).hasSize(2).contains(told);
    all();
    assertThat(notices.lines()).as("from the cache, too").hasSize(3).endsWith(told);
  }

  @Test
  void hiddenFoldersAreHiddenAsInFolders() throws IOException {
    String[] names = {"a/1.png", ".hidden/2.png", "a/.secret/3.png", "a/._1.png", "__MACOSX/4.png"};
    TarFiles.write(
        archive,
        false,
        Stream.of(names).map(name -> TarFiles.file(name, RED)).toArray(TarFiles.Member[]::new));
    for (String name : names) {
      Path file = folder.resolve("images").resolve(name);
      Files.createDirectories(file.resolveSibling(""));
      Files.write(file, RED);
    }
    ImageDataset inFolder =
        Datasets.images("folder:" + folder.resolve("images"), settings, notices);
    assertThat(FolderSourceTest.names(all())).containsExactly("a/1.png");
    assertThat(FolderSourceTest.names(inFolder)).containsExactly("a/1.png");
  }

  @Test
  void theLastOfFilesWithOneNameCounts() throws IOException {
    TarFiles.write(
        archive,
        false,
        TarFiles.file("a/1.png", RED),
        TarFiles.file("a/2.png", RED),
        TarFiles.file("././a//1.png", BLUE));
    ImageDataset all = all();
    assertThat(FolderSourceTest.names(all)).containsExactly("a/1.png", "a/2.png");
    assertThat(all.image(0).rgb()).startsWith(0, 0, 0xFF);
  }

  @Test
  void namesInAnyEncodingStayDifferent() throws IOException {
    for (Charset encoding : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1}) {
      TarFiles.write(
          archive,
          false,
          encoding,
          TarFiles.file("Äpfel/1.png", RED),
          TarFiles.file("Öpfel/2.png", BLUE));
      assertThat(all().labelNames()).as("%s", encoding).containsExactly("Äpfel", "Öpfel");
    }
  }

  @Test
  void namesOfPaxMayBeLong() throws IOException {
    String name = "y".repeat(70_000) + "/日本/ü.png";
    TarFiles.write(archive, false, TarFiles.file(name, RED), TarFiles.file("z/1.png", BLUE));
    all();
    assertThat(FolderSourceTest.names(all())).containsExactly(name, "z/1.png");
    assertThat(notices.lines()).as("the second time from the cache").hasSize(1);
  }

  @Test
  void whatNobodyReadsIsNotUnpackedAndCounted() throws IOException {
    TarFiles.write(
        archive,
        true,
        TarFiles.file("a/1.png", RED),
        TarFiles.file("a/film.mp4", new byte[1 << 20]),
        TarFiles.file("a/2.png", BLUE));
    assertThat(all().image(1).rgb()).startsWith(0, 0, 0xFF);
    assertThat(notices.lines()).contains("1 files that are no images are ignored.");
    try (Stream<Path> cached = Files.list(settings.cache())) {
      assertThat(cached.mapToLong(file -> file.toFile().length()).sum()).isLessThan(1000);
    }
  }

  @Test
  void aFileTooLargeForAnImageIsLeftOut() throws IOException {
    TarFiles.write(
        archive, true, TarFiles.file("1.png", RED), TarFiles.file("2.png", new byte[4096]));
    Path content = Files.createFile(folder.resolve("content"));
    TarIndex index = new TarUnpacker("tar:a", archive, 4095).unpack(content);
    assertThat(index.entries()).extracting(TarEntry::path).containsExactly("1.png");
    assertThat(index.notices())
        .containsExactly("1 files of more than 4,095 bytes are left out, such as '2.png'.");
  }

  @Test
  void anotherArchiveBehindTheEndIsToldOf() throws IOException {
    byte[] first = Files.readAllBytes(TarFiles.write(archive, false, TarFiles.file("1.png", RED)));
    byte[] second =
        Files.readAllBytes(TarFiles.write(archive, false, TarFiles.file("2.png", BLUE)));
    try (var output = Files.newOutputStream(archive)) {
      output.write(first);
      output.write(second);
    }
    assertThat(FolderSourceTest.names(all())).containsExactly("1.png");
    assertThat(notices.lines())
        .last()
        .asString()
        .contains("goes on after the mark at its end")
        .endsWith("what follows is not read. Join archives with tar --concatenate.");
  }

  @Test
  void zerosBehindTheEndAreItsPadding() throws IOException {
    TarFiles.write(archive, false, TarFiles.file("1.png", RED));
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length + 20_480));
    all();
    assertThat(notices.lines()).hasSize(1);
  }

  @Test
  void suffixesInCapitalsAreTheSame() throws IOException {
    TarFiles.write(
        archive,
        false,
        TarFiles.file("1.PNG", RED),
        TarFiles.text("1.CLS", "cat"),
        TarFiles.text("1.TXT", "a cat"),
        TarFiles.text("1.JSON", "{\"caption\": \"still a cat\"}"));
    ImageDataset all = all();
    assertThat(all.labelNames()).containsExactly("cat");
    assertThat(all.captions(0)).containsExactly("a cat", "still a cat");
  }

  @Test
  void anEmptyLabelIsNone() throws IOException {
    TarFiles.write(
        archive,
        false,
        TarFiles.file("1.png", RED),
        TarFiles.text("1.cls", "\n"),
        TarFiles.file("2.png", BLUE),
        TarFiles.text("2.cls", "sky"));
    assertThat(all().labelNames()).containsExactly("sky");
    assertThat(all().label(0)).isEmpty();
  }

  /** Two of them would be one class, called by replacement characters. */
  @Test
  void labelsThatAreNoTextAreMistakes() throws IOException {
    TarFiles.write(
        archive,
        false,
        TarFiles.file("0.png", RED),
        TarFiles.file("0.cls", new byte[] {(byte) 0xff, (byte) 0xfe}));
    assertThatThrownBy(this::all)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'0.cls' in the archive is no UTF-8 text");
  }

  private ImageDataset all() {
    return Datasets.images("tar:" + archive, settings, notices);
  }

  private void assertDamaged() throws IOException {
    assertThatThrownBy(this::all)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is no intact tar archive")
        .hasMessageNotContainingAny("null", "..");
    if (Files.exists(settings.cache())) {
      assertThat(settings.cache()).isDirectoryNotContaining("glob:**{.content,.index,.tmp}");
    }
  }
}
