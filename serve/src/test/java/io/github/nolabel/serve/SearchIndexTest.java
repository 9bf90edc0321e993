package io.github.nolabel.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.data.decode.ImageDecoder;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchIndexTest {

  @TempDir Path tmp;
  private Path photos = Path.of("");
  private final AtomicInteger seen = new AtomicInteger();

  @BeforeEach
  void colours() throws IOException {
    photos = Files.createDirectory(tmp.resolve("photos"));
    Colours.write(photos, "blue.png", new Color(0, 0, 255));
    Colours.write(photos, "green.png", new Color(0, 255, 0));
    Colours.write(photos, "red.png", new Color(255, 0, 0));
  }

  private SearchIndex open(String fingerprint) {
    return SearchIndex.open(
        Colours.folder(photos),
        Colours.model(fingerprint, seen),
        tmp.resolve("cache/index"),
        notice -> {});
  }

  @Test
  void scoresAreCosines() {
    List<SearchIndex.Hit> hits =
        open("a").find("q", ImageDecoder.decode("q", Colours.png(new Color(255, 153, 0))), 3);
    assertThat(hits)
        .extracting(hit -> Path.of(hit.name()).getFileName().toString())
        .containsExactly("red.png", "green.png", "blue.png");
    double length = Math.hypot(1, 0.6);
    assertThat(hits.get(0).score()).isCloseTo(1 / length, within(1e-6));
    assertThat(hits.get(1).score()).isCloseTo(0.6 / length, within(1e-6));
    assertThat(hits.get(2).score()).isCloseTo(0, within(1e-6));
  }

  @Test
  void aSecondStartEmbedsNothing() {
    List<SearchIndex.Hit> first =
        open("a").find("q", ImageDecoder.decode("q", Colours.png(Color.PINK)), 3);
    seen.set(0);
    SearchIndex again = open("a");
    assertThat(again.embedded()).isZero();
    assertThat(again.find("q", ImageDecoder.decode("q", Colours.png(Color.PINK)), 3))
        .isEqualTo(first);
    assertThat(seen).hasValue(1);
  }

  @Test
  void onlyNewAndChangedImagesAreEmbedded() throws IOException {
    open("a");
    Colours.write(photos, "black.png", Color.BLACK);
    Path changed = Colours.write(photos, "green.png", Color.YELLOW);
    Files.setLastModifiedTime(changed, FileTime.fromMillis(1));
    Files.delete(photos.resolve("blue.png"));
    SearchIndex again = open("a");
    assertThat(again.embedded()).isEqualTo(2);
    assertThat(again.size()).isEqualTo(3);
    assertThat(
            again.find("q", ImageDecoder.decode("q", Colours.png(Color.YELLOW)), 1).get(0).name())
        .endsWith("green.png");
  }

  @Test
  void otherWeightsEmbedAnew() {
    open("a");
    assertThat(open("b").embedded()).isEqualTo(3);
  }

  @Test
  void aDamagedFileIsMadeAnew() throws IOException {
    open("a");
    Path file = tmp.resolve("cache/index");
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    assertThat(open("a").embedded()).isEqualTo(3);
    Files.write(file, List.of("no index"));
    assertThat(open("a").embedded()).isEqualTo(3);
    assertThat(open("a").embedded()).isZero();
  }

  @Test
  void brokenImagesAreToldAndLeftOut() throws IOException {
    Files.write(photos.resolve("broken.png"), new byte[] {1, 2, 3});
    SearchIndex index = open("a");
    assertThat(index.size()).isEqualTo(3);
    assertThat(index.broken().values()).singleElement().asString().contains("broken.png");
    assertThat(index.find("q", ImageDecoder.decode("q", Colours.png(Color.RED)), 9))
        .hasSize(3)
        .noneMatch(hit -> hit.name().contains("broken"));
  }

  @Test
  void aGraphFindsTheSameAndStaysBesideTheFeatures() {
    SearchIndex compared = open("a");
    SearchIndex followed =
        SearchIndex.open(
            Colours.folder(photos),
            Colours.model("a", seen),
            tmp.resolve("cache/index"),
            2,
            notice -> {});
    assertThat(followed.exact()).isFalse();
    assertThat(followed.find("q", ImageDecoder.decode("q", Colours.png(Color.PINK)), 3))
        .isEqualTo(compared.find("q", ImageDecoder.decode("q", Colours.png(Color.PINK)), 3));
    assertThat(tmp.resolve("cache/index.graph")).exists();
  }
}
