package io.github.nolabel.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryTest {

  @TempDir Path folder;

  @Test
  void cacheIsThatOfNolabel() {
    assertThat(NativeLibrary.userCache(Map.of("NOLABEL_CACHE", "c", "XDG_CACHE_HOME", "x"), "h"))
        .isEqualTo(Path.of("c"));
    assertThat(NativeLibrary.userCache(Map.of("XDG_CACHE_HOME", "x"), "h"))
        .isEqualTo(Path.of("x", "nolabel"));
    assertThat(NativeLibrary.userCache(Map.of(), "h")).isEqualTo(Path.of("h", ".cache", "nolabel"));
  }

  @Test
  void whereTheCacheCannotBeWrittenATemporaryFolderServes() throws IOException {
    assertThat(NativeLibrary.writable(folder.resolve("a/b")))
        .isEqualTo(folder.resolve("a/b"))
        .isDirectory();
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(NativeLibrary.writable(file.resolve("cache")))
        .isDirectory()
        .isNotEqualTo(file.resolve("cache"));
  }

  @Test
  void libraryIsUnpackedIntoTheCacheAndTheHomeFolderStaysAsItWas() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Path cache = folder.resolve("cache");
    assertThat(inFreshJvm(home, Map.of("NOLABEL_CACHE", cache.toString())))
        .isEqualTo("[5] null null\n");
    assertThat(home).isEmptyDirectory();
    try (var files = Files.walk(cache)) {
      assertThat(files.filter(Files::isRegularFile).map(f -> f.getFileName().toString()))
          .contains(System.mapLibraryName("tokenizers"));
    }
  }

  @Test
  void homeFolderThatIsNoneDoesNotMatter() throws Exception {
    Path home = Files.createFile(folder.resolve("home"));
    assertThat(inFreshJvm(home, Map.of())).isEqualTo("[5] null null\n");
  }

  /** It would load a CUDA runtime beside the one that trains, with all that this breaks. */
  @Test
  void noCardIsLookedFor() throws Exception {
    assertThat(inFreshJvm(Files.createDirectories(folder.resolve("home")), Map.of()))
        .startsWith("[5]");
    assertThat(Files.readString(folder.resolve("classes")))
        .contains("ai.djl.util.cuda.CudaUtils ")
        .doesNotContain("com.sun.jna.Native ");
  }

  @Test
  void severalProcessesMayBeTheFirst() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    Map<String, String> environment = Map.of("NOLABEL_CACHE", folder.resolve("cache").toString());
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(freshJvm(home, environment));
    }
    for (Process process : processes) {
      assertThat(said(process)).isEqualTo("[5] null null\n");
    }
  }

  private String inFreshJvm(Path home, Map<String, String> environment) throws Exception {
    return said(freshJvm(home, environment));
  }

  private static String said(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), UTF_8);
  }

  private Process freshJvm(Path home, Map<String, String> environment) throws IOException {
    ProcessBuilder java =
        new ProcessBuilder(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.home=" + home,
                "-Djava.io.tmpdir=" + folder,
                "-Xlog:class+load:file=" + folder.resolve("classes"),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                FreshJvm.class.getName()));
    java.environment()
        .keySet()
        .removeAll(List.of("NOLABEL_CACHE", "XDG_CACHE_HOME", "DJL_CACHE_DIR", "ENGINE_CACHE_DIR"));
    java.environment().putAll(environment);
    return java.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Encodes a text; says what system properties are left. */
  static final class FreshJvm {

    private FreshJvm() {}

    public static void main(String... arguments) {
      byte[] json = new WordPieceTrainer().train(List.of("a"), 100);
      System.out.printf(
          "%s %s %s%n",
          Tokenizers.of(json, "x").encode("a", 9).ids().subList(1, 2),
          System.getProperty("ai.djl.offline"),
          System.getProperty("ENGINE_CACHE_DIR"));
    }
  }
}
