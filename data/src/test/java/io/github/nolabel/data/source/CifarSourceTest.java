package io.github.nolabel.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarSourceTest {

  @TempDir private Path folder;

  @Test
  void planesBecomeInterleavedAndLabelsNames() throws IOException {
    write("data_batch_1.bin", record(3, 10, 20, 30), record(9, 1, 2, 3));
    write("data_batch_2.bin", record(0, 4, 5, 6));
    write("test_batch.bin", record(3, 7, 8, 9));
    Dataset dataset = open("cifar10:" + folder);
    ImageDataset training = dataset.training();
    assertThat(training.size()).isEqualTo(3);
    assertThat(training.image(0).width()).isEqualTo(32);
    assertThat(Arrays.copyOf(training.image(0).rgb(), 6)).containsExactly(10, 20, 30, 10, 20, 30);
    assertThat(training.labelNames().get(training.label(0).orElseThrow())).isEqualTo("cat");
    assertThat(training.labelNames().get(training.label(1).orElseThrow())).isEqualTo("truck");
    assertThat(dataset.heldOut().rounds().get(0).queries()).hasSize(1);
    assertThat(dataset.heldOut().images().image(3).rgb()).startsWith(7, 8, 9);
  }

  @Test
  void theArchiveReadsAsTheFolderDoes() throws IOException {
    write("data_batch_1.bin", record(3, 10, 20, 30), record(1, 1, 2, 3));
    Path archive =
        TarFiles.write(
            folder.resolve("c.tar.gz"),
            true,
            TarFiles.file(
                "x/data_batch_1.bin", Files.readAllBytes(folder.resolve("data_batch_1.bin"))));
    assertThat(open("cifar10:" + archive).fingerprint())
        .isEqualTo(open("cifar10:" + folder).fingerprint());
  }

  @Test
  void aDamagedArchiveIsNoticedByItsCheckSum() throws IOException {
    byte[] batch = record(3, 10, 20, 30);
    Path archive = folder.resolve("c.tar.gz");
    TarFiles.write(archive, true, TarFiles.file("x/data_batch_1.bin", batch));
    byte[] whole = Files.readAllBytes(archive);
    Files.write(archive, Arrays.copyOf(whole, whole.length - 6));
    assertMistake("cifar10:" + archive, "cannot be read as a tar archive");
    whole[whole.length - 8] ^= 1;
    Files.write(archive, whole);
    assertMistake("cifar10:" + archive, "cannot be read as a tar archive");
  }

  @Test
  void ofTwoBatchesWithOneNameTheLastCountsAsInTar() throws IOException {
    Path archive =
        TarFiles.write(
            folder.resolve("c.tar"),
            false,
            TarFiles.file("x/data_batch_1.bin", record(3, 10, 20, 30)),
            TarFiles.hardLink("x/data_batch_2.bin", "x/data_batch_1.bin"),
            TarFiles.file("./x/data_batch_1.bin", record(3, 40, 50, 60)));
    ImageDataset images = all("cifar10:" + archive);
    assertThat(images.size()).isEqualTo(2);
    assertThat(images.image(0).rgb()).startsWith(40, 50, 60);
    assertThat(images.image(1).rgb()).startsWith(10, 20, 30);
  }

  @Test
  void cifar100HasFineAndCoarseLabels() throws IOException {
    write("train.bin", record(19, 99, 1, 2), record(4, 7, 1, 2));
    write("test.bin", record(4, 7, 1, 2));
    Files.write(
        folder.resolve("coarse_label_names.txt"),
        "a\n".repeat(20).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    ImageDataset fine = all("cifar100:" + folder);
    assertThat(fine.label(0)).hasValue(99);
    assertThat(fine.labelNames()).hasSize(100);
    ImageDataset coarse = all("cifar100:" + folder + "?labels=coarse");
    assertThat(coarse.label(0)).hasValue(19);
    assertThat(coarse.labelNames()).hasSize(20).contains("a");
    assertMistake(
        "cifar100:" + folder + "?labels=rough", "labels is 'fine' or 'coarse', got 'rough'");
  }

  @Test
  void aWrongSizeNamesFileAndSizes() throws IOException {
    Files.write(folder.resolve("data_batch_1.bin"), new byte[5000]);
    assertMistake(
        "cifar10:" + folder, "data_batch_1.bin has 5,000 bytes, expected a multiple of 3,073");
  }

  @Test
  void anImpossibleLabelNamesTheImage() throws IOException {
    write("data_batch_1.bin", record(3, 10, 20, 30), record(10, 1, 2, 3));
    assertMistake("cifar10:" + folder, "image 1 of data_batch_1.bin has label 10, expected 0 to 9");
  }

  @Test
  void thePythonVersionIsRecognised() throws IOException {
    write("data_batch_1", record(3, 10, 20, 30));
    assertMistake("cifar10:" + folder, "files of the Python version: get the binary version");
  }

  @Test
  void anEmptyFolderAndARandomFileAreMistakes() throws IOException {
    assertMistake("cifar10:" + folder, "no data_batch_1.bin or ");
    Path file = Files.write(folder.resolve("x.tar.gz"), new byte[] {0x1f, (byte) 0x8b, 1, 2, 3});
    assertMistake("cifar10:" + file, "cannot be read as a tar archive");
  }

  private void write(String name, byte[]... records) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : records) {
      all.write(part);
    }
    Files.write(folder.resolve(name), all.toByteArray());
  }

  /** Label bytes and three flat planes; for CIFAR-100 the second number is a label as well. */
  private byte[] record(int label, int a, int b, int c) {
    boolean two = label == 19 || label == 4;
    byte[] bytes = new byte[(two ? 2 : 1) + 3072];
    bytes[0] = (byte) label;
    bytes[1] = (byte) a;
    int start = two ? 2 : 1;
    Arrays.fill(bytes, start, start + 1024, (byte) a);
    Arrays.fill(bytes, start + 1024, start + 2048, (byte) b);
    Arrays.fill(bytes, start + 2048, start + 3072, (byte) c);
    return bytes;
  }

  private static Dataset open(String source) {
    return Datasets.open(source, DatasetSettings.DEFAULTS);
  }

  private static ImageDataset all(String source) {
    return Datasets.images(source, DatasetSettings.DEFAULTS, notice -> {});
  }

  private static void assertMistake(String source, String part) {
    assertThatThrownBy(() -> open(source))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(part);
  }
}
