package io.github.nolabel.api.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputFilesTest {

  @TempDir private Path folder;

  @Test
  void whoWritesAtTheSameTimeWritesAWholeFile() throws IOException {
    Path file = folder.resolve("a.bin");
    OutputFiles.LOCAL.write(
        file,
        out -> {
          out.write(new byte[70_000]);
          OutputFiles.LOCAL.write(file, "another's");
          assertThat(file).hasContent("another's");
          out.write(1);
        });
    assertThat(file).hasSize(70_001);
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void manyThreadsWriteOneFile() {
    Path file = folder.resolve("a.txt");
    IntStream.range(0, 200).parallel().forEach(i -> OutputFiles.LOCAL.write(file, "text " + i));
    assertThat(file).content().startsWith("text ");
    assertThat(folder).isDirectoryNotContaining("glob:**.tmp");
  }

  @Test
  void aFolderThatIsNotThereIsNamedAndOneThatIsThereIsNot() {
    assertThatThrownBy(() -> OutputFiles.LOCAL.write(folder.resolve("none/a.txt"), "text"))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("its folder is not there");
    assertThatThrownBy(
            () -> OutputFiles.LOCAL.write(folder.resolve("a.txt"), out -> removeUnfinished()))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("another program removed the unfinished file beside it");
  }

  @Test
  void aLongNameIsNoObstacle() {
    Path file = folder.resolve("a".repeat(250));
    OutputFiles.LOCAL.write(file, "text");
    assertThat(file).hasContent("text");
  }

  private void removeUnfinished() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      files.forEach(
          file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }
}
