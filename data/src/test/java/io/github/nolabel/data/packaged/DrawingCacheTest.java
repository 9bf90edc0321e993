package io.github.nolabel.data.packaged;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.RgbImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrawingCacheTest {

  private static final Drawings TWO =
      new Drawings(
          2,
          List.of("apple", "bee"),
          List.of("Animals", "Food"),
          List.of(1, 0),
          IntStream.range(0, 8).mapToObj(i -> RgbImage.of(2, 2, flat(i))).toList());

  @TempDir private Path folder;

  @Test
  void whatIsStoredIsLoaded() throws IOException {
    DrawingCache cache = new DrawingCache(folder.resolve("new/deep/a.bin"));
    cache.store(TWO);
    Drawings loaded = cache.load().orElseThrow();
    assertThat(loaded.concepts()).isEqualTo(TWO.concepts());
    assertThat(loaded.groups()).isEqualTo(TWO.groups());
    assertThat(loaded.groupOf()).isEqualTo(TWO.groupOf());
    for (int i = 0; i < 8; i++) {
      assertThat(loaded.images().get(i).rgb()).isEqualTo(flat(i));
    }
    try (Stream<Path> files = Files.list(folder.resolve("new/deep"))) {
      assertThat(files).as("no temporary files stay").hasSize(1);
    }
  }

  @Test
  void threadsThatComeTogetherDrawOnce() throws Exception {
    Path file = folder.resolve("a.bin");
    AtomicInteger drawn = new AtomicInteger();
    List<Callable<Drawings>> all =
        Collections.nCopies(
            6,
            () ->
                new DrawingCache(file)
                    .drawings(
                        () -> {
                          drawn.incrementAndGet();
                          return TWO;
                        },
                        notice -> {}));
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      for (Future<Drawings> drawings : threads.invokeAll(all)) {
        assertThat(drawings.get().concepts()).isEqualTo(TWO.concepts());
      }
    } finally {
      threads.shutdown();
    }
    assertThat(drawn).hasValue(1);
  }

  @Test
  void aDamagedFileCountsAsAbsent() throws IOException {
    Path file = folder.resolve("a.bin");
    DrawingCache cache = new DrawingCache(file);
    assertThat(cache.load()).isEmpty();
    cache.store(TWO);
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] flipped = whole.clone();
      flipped[at] ^= 4;
      Files.write(file, flipped);
      assertThat(cache.load()).as("byte %d flipped", at).isEmpty();
      Files.write(file, Arrays.copyOf(whole, at));
      assertThat(cache.load()).as("cut off at %d", at).isEmpty();
    }
  }

  @Test
  void aFileAsParentFolderIsAMistake() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    DrawingCache cache = new DrawingCache(file.resolve("a.bin"));
    assertThatThrownBy(() -> cache.store(TWO))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("cannot be written")
        .hasMessageContaining("NOLABEL_CACHE");
  }

  @Test
  void withoutTheWebJarTheMessageSaysWhatToAdd() {
    assertThatThrownBy(() -> IconJar.find(ClassLoader.getPlatformClassLoader()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("org.webjars.npm:iconify__json")
        .hasMessageContaining("folder:PATH");
  }

  private static byte[] flat(int value) {
    byte[] rgb = new byte[12];
    Arrays.fill(rgb, (byte) value);
    return rgb;
  }
}
