package io.github.nolabel.api.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class FileInputTest {

  @TempDir private Path folder;

  @Test
  void allBytesCome() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[] {1, 2, 3, 4});
    try (InputStream input = FileInput.open(file)) {
      assertThat(input.read()).isEqualTo(1);
      assertThat(input.skip(1)).isEqualTo(1);
      assertThat(input.readAllBytes()).containsExactly(3, 4);
      assertThat(input.read()).isEqualTo(-1);
    }
  }

  /** Every read makes the file longer, for ever. */
  @Test
  @Timeout(20)
  void whatIsAppendedMeanwhileDoesNotCome() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[100]);
    try (InputStream input = FileInput.open(file)) {
      int length = 0;
      while (input.read() >= 0) {
        length++;
        Files.write(file, new byte[2], StandardOpenOption.APPEND);
      }
      assertThat(length).isEqualTo(100);
      assertThat(input.skip(1)).isZero();
    }
  }

  @Test
  void aFileThatGotShorterEnds() throws IOException {
    Path file = Files.write(folder.resolve("a"), new byte[100]);
    try (InputStream input = FileInput.open(file)) {
      Files.write(file, new byte[40]);
      assertThat(input.readAllBytes()).hasSize(40);
    }
  }
}
