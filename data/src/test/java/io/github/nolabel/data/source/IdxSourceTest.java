package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdxSourceTest {

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({"-idx, ''", "-idx, .gz", ".idx, ''"})
  void greyImagesAndTheirLabels(String separator, String suffix) throws IOException {
    write("train-images" + separator + "3-ubyte" + suffix, images(3, 2, 2));
    write("train-labels" + separator + "1-ubyte" + suffix, labels(1, 0, 2));
    write("t10k-images" + separator + "3-ubyte" + suffix, images(1, 2, 2));
    write("t10k-labels" + separator + "1-ubyte" + suffix, labels(1));
    Dataset dataset = open();
    assertThat(dataset.training().size()).isEqualTo(3);
    assertThat(dataset.training().image(1).width()).isEqualTo(2);
    assertThat(dataset.training().image(1).rgb()).startsWith(4, 4, 4, 5, 5, 5);
    assertThat(dataset.training().label(1)).hasValue(0);
    assertThat(dataset.training().labelNames()).containsExactly("0", "1", "2");
    assertThat(dataset.heldOut().rounds().get(0).queries()).containsExactly(3);
  }

  @Test
  void labelsMayBeMissing() throws IOException {
    write("train-images-idx3-ubyte", images(3, 2, 2));
    assertThat(open().training().label(0)).isEmpty();
    assertThat(open().heldOut().questions()).isEmpty();
  }

  @Test
  void malformedFilesAreMistakes() throws IOException {
    assertMistake("no train-images-idx3-ubyte");
    byte[] whole = images(3, 2, 2);
    write("train-images-idx3-ubyte", Arrays.copyOf(whole, whole.length - 1));
    assertMistake("is cut off: [3, 2, 2] needs 12 values, got 11");
    write("train-images-idx3-ubyte", Arrays.copyOf(whole, whole.length + 1));
    assertMistake("is longer than the 12 values");
    write("train-images-idx3-ubyte", Arrays.copyOf(whole, 10));
    assertMistake("is cut off");
    write("train-images-idx3-ubyte", labels(1, 2));
    assertMistake("starts with 00000801, expected 00000803");
    write("train-images-idx3-ubyte", images(0, 2, 2));
    assertMistake("holds no images");
    write("train-images-idx3-ubyte", header(0x803, 1 << 30, 1 << 20, 1 << 20));
    assertMistake("claims impossible extents");
    write("train-images-idx3-ubyte", header(0x803, -1, 2, 2));
    assertMistake("claims impossible extents");
  }

  /** The header promises two billion values; memory for them is not taken on its word. */
  @Test
  void aLyingHeaderCostsNoMemory() throws IOException {
    write("train-images-idx3-ubyte", header(0x803, 2_000_000_000, 1, 1));
    assertMistake("needs 2,000,000,000 values, got 0");
  }

  @Test
  void labelsMustMatchTheImages() throws IOException {
    write("train-images-idx3-ubyte", images(3, 2, 2));
    write("train-labels-idx1-ubyte", labels(1, 0));
    assertMistake("holds 2 labels, but train-images-idx3-ubyte holds 3 images");
  }

  @Test
  void aDamagedGzipFileIsAMistake() throws IOException {
    write("train-images-idx3-ubyte.gz", images(30, 20, 20));
    Path file = folder.resolve("train-images-idx3-ubyte.gz");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertMistake("is cut off");
    Files.write(file, Arrays.copyOf(whole, whole.length - 4));
    assertMistake("is cut off");
    whole[whole.length - 8] ^= 1;
    Files.write(file, whole);
    assertMistake("cannot be read: Corrupt GZIP trailer");
  }

  private Dataset open() {
    return Datasets.open("idx:" + folder, DatasetSettings.DEFAULTS);
  }

  private void assertMistake(String part) {
    assertThatThrownBy(this::open).isInstanceOf(UserMistake.class).hasMessageContaining(part);
  }

  private void write(String name, byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    if (name.endsWith(".gz")) {
      try (OutputStream gzip = new GZIPOutputStream(packed)) {
        gzip.write(content);
      }
    } else {
      packed.write(content);
    }
    Files.write(folder.resolve(name), packed.toByteArray());
  }

  /** Pixels count 0, 1, 2, ... */
  private static byte[] images(int count, int height, int width) {
    byte[] header = header(0x803, count, height, width);
    byte[] file = Arrays.copyOf(header, header.length + count * height * width);
    for (int i = header.length; i < file.length; i++) {
      file[i] = (byte) (i - header.length);
    }
    return file;
  }

  private static byte[] labels(int... labels) {
    byte[] header = header(0x801, labels.length);
    byte[] file = Arrays.copyOf(header, header.length + labels.length);
    for (int i = 0; i < labels.length; i++) {
      file[header.length + i] = (byte) labels[i];
    }
    return file;
  }

  private static byte[] header(int... numbers) {
    ByteBuffer header = ByteBuffer.allocate(4 * numbers.length);
    Arrays.stream(numbers).forEach(header::putInt);
    return header.array();
  }
}
