package io.github.nolabel.data.region;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.file.FileInput;
import io.github.nolabel.data.Regions;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Reads the regions of an image from a file: {@code .npy} with the features alone, {@code .npz} or
 * {@code .safetensors} with features and perhaps boxes and probabilities of classes.
 */
public final class RegionFile {

  /** How such files end, the first being taken where there are several. */
  public static final List<String> SUFFIXES = List.of(".npz", ".safetensors", ".npy");

  private static final List<String> FEATURES = List.of("features", "x", "feat");
  private static final int LARGEST = 1 << 29;
  private static final int LISTED = 10;

  private RegionFile() {}

  /**
   * @throws UserMistake naming the file and what is wrong with it
   */
  public static Regions read(Path file) {
    try {
      return regions(file);
    } catch (NoSuchFileException e) {
      throw new UserMistake("There is no file '%s' of region features.".formatted(file), e);
    } catch (IOException e) {
      throw new UserMistake(
          "The region features in '%s' cannot be used: %s.".formatted(file, e.getMessage()), e);
    }
  }

  private static Regions regions(Path file) throws IOException {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    if (name.endsWith(".npy")) {
      try (InputStream input = new BufferedInputStream(FileInput.open(file))) {
        NumberArray features = checked("the array", NpyReader.read("the array", input));
        return Regions.of(extent(features, 0), extent(features, 1), features.values());
      }
    }
    try (NamedArrays arrays = name.endsWith(".npz") ? NpzArrays.open(file) : safetensors(file)) {
      return regions(arrays);
    }
  }

  private static NamedArrays safetensors(Path file) throws IOException {
    try (InputStream input = FileInput.open(file)) {
      byte[] bytes = input.readNBytes(LARGEST);
      if (input.read() >= 0) {
        throw new IOException("it is larger than %,d bytes".formatted(LARGEST));
      }
      return SafetensorsArrays.of(bytes);
    }
  }

  private static Regions regions(NamedArrays arrays) throws IOException {
    String name =
        FEATURES.stream()
            .filter(arrays.names()::contains)
            .findFirst()
            .orElseThrow(() -> new IOException(lacking(arrays)));
    NumberArray features = checked("'" + name + "'", arrays.read(name));
    int count = extent(features, 0);
    return Regions.of(
            count, extent(features, 1), features.values(), new BoxReader(arrays).read(count))
        .withClasses(new ClassReader(arrays).read(count));
  }

  private static String lacking(NamedArrays arrays) {
    String found =
        arrays.names().stream()
            .limit(LISTED)
            .map("'%s'"::formatted)
            .collect(Collectors.joining(", "));
    return "it has the arrays %s, expected one of 'features', 'x', 'feat'"
        .formatted(found.isEmpty() ? "none" : found);
  }

  private static NumberArray checked(String name, NumberArray array) throws IOException {
    if (!array.format().isFloat() || array.shape().size() != 2 || array.values().length == 0) {
      throw new IOException(
          "%s is %s, expected float32, float16 or float64 of [regions, width], at least one region"
              .formatted(name, array));
    }
    return array;
  }

  private static int extent(NumberArray array, int axis) {
    return array.shape().get(axis).intValue();
  }
}
