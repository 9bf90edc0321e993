package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.decode.TestFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that begin at the same moment with the same archive and an empty cache. */
@Timeout(120)
class ManyOpenersTest {

  private static final int OPENERS = 8;
  private static final int IMAGES = 2_000;

  @TempDir private Path folder;
  private Path archive;
  private Path cache;

  @BeforeEach
  void archive() throws IOException {
    archive = folder.resolve("a.tar.gz");
    cache = folder.resolve("cache");
    byte[] image = TestFiles.png(0xFF0000);
    TarFiles.write(
        archive,
        true,
        IntStream.range(0, IMAGES)
            .mapToObj(i -> TarFiles.file("red/%d.png".formatted(i), image))
            .toArray(TarFiles.Member[]::new));
  }

  @Test
  void threadsUnpackItOnce() throws Exception {
    CyclicBarrier start = new CyclicBarrier(OPENERS);
    List<String> notices = Collections.synchronizedList(new ArrayList<>());
    Callable<Dataset> opener =
        () -> {
          start.await();
          return opened(archive, cache, notices);
        };
    ExecutorService threads = Executors.newFixedThreadPool(OPENERS);
    try {
      for (Future<Dataset> dataset : threads.invokeAll(Collections.nCopies(OPENERS, opener))) {
        assertThat(dataset.get().training().size()).isEqualTo(IMAGES);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(notices).filteredOn(notice -> notice.startsWith("Unpacking")).hasSize(1);
    assertOnlyTheCacheIsLeft();
  }

  @Test
  void processesUnpackItOnce() throws Exception {
    Files.createDirectory(cache);
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(process());
    }
    List<String> said = new ArrayList<>();
    for (Process process : processes) {
      assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).isEqualTo("ready");
    }
    for (Process process : processes) {
      process.getOutputStream().close();
    }
    for (Process process : processes) {
      said.addAll(process.inputReader(StandardCharsets.UTF_8).lines().toList());
      assertThat(process.waitFor()).isZero();
    }
    assertThat(said).filteredOn(line -> line.equals(IMAGES + " images")).hasSize(3);
    assertThat(said).filteredOn(line -> line.startsWith("Unpacking")).hasSize(1);
    assertOnlyTheCacheIsLeft();
  }

  /** A process that ends inside of the work leaves no lock, and what it began is removed. */
  @Test
  void oneThatWasKilledIsInNobodysWay() throws Exception {
    opened(archive, cache, new ArrayList<>());
    Path content = only(".content");
    Path remains = content.resolveSibling(content.getFileName() + ".123.tmp");
    Files.copy(content, remains);
    Files.delete(only(".index"));
    assertThat(opened(archive, cache, new ArrayList<>()).training().size()).isEqualTo(IMAGES);
    assertOnlyTheCacheIsLeft();
  }

  private static Dataset opened(Path archive, Path cache, List<String> notices) {
    return Datasets.open("tar:" + archive, DatasetSettings.DEFAULTS.withCache(cache), notices::add);
  }

  private void assertOnlyTheCacheIsLeft() throws IOException {
    only(".content");
    only(".index");
    assertThat(cache).isDirectoryNotContaining("glob:**.tmp");
  }

  private Path only(String end) throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(end)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  private Process process() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Opener.class.getName(),
            archive.toString(),
            cache.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /** Opens an archive when its input ends; says what was told and how many images there are. */
  static final class Opener {

    private Opener() {}

    public static void main(String[] args) throws IOException {
      System.out.println("ready");
      while (System.in.read() >= 0) {
        // Only the end matters.
      }
      List<String> notices = new ArrayList<>();
      Dataset dataset = opened(Path.of(args[0]), Path.of(args[1]), notices);
      notices.forEach(System.out::println);
      System.out.println(dataset.training().size() + " images");
    }
  }
}
