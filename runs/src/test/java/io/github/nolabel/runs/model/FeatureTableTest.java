package io.github.nolabel.runs.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.RgbImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureTableTest {

  private static final Preprocessing SMALL =
      new Preprocessing(2, 1, new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));

  @TempDir private Path folder;

  private final AtomicInteger decoded = new AtomicInteger();

  @Test
  void csvHoldsPathLabelCaptionsAndTheVector() throws IOException {
    Path file = folder.resolve("features.csv");
    FeatureTable table = new FeatureTable(new Shades(4, 2), SMALL);
    table.writeFeatures(file, OutputFiles.LOCAL, new Means(), 2);
    assertThat(Files.readString(file))
        .isEqualTo(
            """
            path,label,caption,f0,f1\r
            "a, ""0"".png",even,,0.0,1.0\r
            "a, ""1"".png",,"one
            two",0.20000002,1.0\r
            "a, ""3"".png",,"one
            two",0.6,1.0\r
            """);
    assertThat(table.broken()).singleElement().asString().contains("broken on purpose");
  }

  /** The file was read with pyarrow 25.0.1 when it was stored: three rows in two groups. */
  @Test
  void parquetIsTheFileThatAnotherProgramHasRead() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    FeatureTable table = new FeatureTable(new Shades(4, 2), SMALL);
    table.write(new ParquetRows(written, 50), new Means());
    if ("write".equals(System.getProperty("nolabel.golden"))) {
      Files.write(Path.of("src/test/resources/model/rows.parquet"), written.toByteArray());
    }
    try (InputStream stored = FeatureTableTest.class.getResourceAsStream("/model/rows.parquet")) {
      assertThat(written.toByteArray()).isEqualTo(Objects.requireNonNull(stored).readAllBytes());
    }
  }

  @Test
  void rowsAreWrittenAsTheyComeHoweverManyThereAre() throws IOException {
    int images = 20_000;
    AtomicInteger rows = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    FeatureTable table = new FeatureTable(new Shades(images, -1), SMALL);
    table.write(
        (image, vector) -> most.accumulateAndGet(decoded.get() - rows.getAndIncrement(), Math::max),
        new Means());
    assertThat(rows).hasValue(images);
    assertThat(most.get()).as("images decoded and not yet written").isBetween(1, 64);
  }

  @Test
  void parquetKeepsNoMoreThanAGroup() throws IOException {
    List<Long> gaps = new ArrayList<>();
    Counting out = new Counting();
    ParquetRows rows = new ParquetRows(out, 4096);
    for (int i = 0; i < 5000; i++) {
      long before = out.bytes;
      rows.row(new FeatureRows.Image("image-" + i, "", List.of()), new float[16]);
      if (out.bytes > before) {
        gaps.add(out.bytes - before);
      }
    }
    assertThat(gaps).hasSizeGreaterThan(80).allMatch(bytes -> bytes < 2 * 4096);
  }

  /** Grey images by index; even ones are labelled, odd ones have captions. */
  private final class Shades implements ImageDataset {

    private final int size;
    private final int broken;

    Shades(int size, int broken) {
      this.size = size;
      this.broken = broken;
    }

    @Override
    public int size() {
      return size;
    }

    @Override
    public RgbImage image(int index) {
      decoded.incrementAndGet();
      if (index == broken) {
        throw new BrokenImageException(name(index) + ": broken on purpose");
      }
      byte[] pixels = new byte[12];
      Arrays.fill(pixels, (byte) (index % 5 * 51));
      return RgbImage.of(2, 2, pixels);
    }

    @Override
    public OptionalInt label(int index) {
      return index % 2 == 0 ? OptionalInt.of(0) : OptionalInt.empty();
    }

    @Override
    public List<String> labelNames() {
      return List.of("even");
    }

    @Override
    public String name(int index) {
      return "a, \"%d\".png".formatted(index);
    }

    @Override
    public List<String> captions(int index) {
      return index % 2 == 0 ? List.of() : List.of("one", "two");
    }
  }

  /** The first value of an image, and 1. */
  private static final class Means implements Embedder {

    @Override
    public Tensor embed(Tensor images) {
      int count = (int) images.shape().extent(0);
      Tensor features = Tensor.zeros(ElementType.FLOAT, count, 2);
      float[] pixels = images.toFloats();
      for (int i = 0; i < count; i++) {
        features.floats().put(2 * i, pixels[i * 12]).put(2 * i + 1, 1);
      }
      return features;
    }

    @Override
    public void close() {}
  }

  private static final class Counting extends OutputStream {

    private long bytes;

    @Override
    public void write(int b) {
      bytes++;
    }
  }
}
