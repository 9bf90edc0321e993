package io.github.nolabel.inference;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * What version 0.1.0 exported, copied from cli/src/test/resources/stored/0.1.0, and beside it the
 * files of a run with captions, as TextSearchTest of the examples trains it.
 */
final class Stored {

  static final Path BACKBONE = Path.of("src/test/resources/stored/exported.onnx");
  static final Path PHOTOS = Path.of("src/test/resources/stored/photos");

  static final Path SEARCH = Path.of("src/test/resources/stored/search");

  static final Path CAPTIONS = Path.of("src/test/resources/stored/captions");
  static final Path IMAGE = SEARCH.resolve("image.onnx");
  static final Path TEXT = SEARCH.resolve("text.onnx");

  private static final Path FEATURES = Path.of("src/test/resources/stored/features.npy");

  private Stored() {}

  /** In the order of a folder source. */
  static List<Path> photos() {
    return files(PHOTOS);
  }

  /** Coloured shapes, by name. */
  static List<Path> shapes() {
    return files(SEARCH.resolve("photos"));
  }

  private static List<Path> files(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Of all photos, one after another. */
  static float[] features() {
    try {
      ByteBuffer npy = ByteBuffer.wrap(Files.readAllBytes(FEATURES)).order(ByteOrder.LITTLE_ENDIAN);
      npy.position(10 + npy.getShort(8));
      FloatBuffer values = npy.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer();
      float[] features = new float[values.remaining()];
      values.get(features);
      return features;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
