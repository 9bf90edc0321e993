package io.github.nolabel.api.export;

import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How images are prepared for an exported model, as entries of its ONNX file: the size and the
 * share that is kept, mean and standard deviation per channel, and what the input looks like.
 */
public final class PreprocessingMetadata {

  /** How the shorter side is resized. */
  public static final String INTERPOLATION = "bilinear, antialiased";

  /** What every key begins with. */
  public static final String PREFIX = "nolabel.preprocessing.";

  private PreprocessingMetadata() {}

  /** The entries, in the order in which one prepares an image. */
  public static Map<String, String> of(Preprocessing preprocessing) {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(PREFIX + "size", Integer.toString(preprocessing.size()));
    entries.put(PREFIX + "cropShare", Double.toString(preprocessing.cropShare()));
    entries.put(PREFIX + "interpolation", INTERPOLATION);
    entries.put(PREFIX + "range", "0..1");
    entries.put(PREFIX + "mean", written(preprocessing.normalisation().mean()));
    entries.put(PREFIX + "std", written(preprocessing.normalisation().std()));
    entries.put(PREFIX + "channels", "RGB");
    entries.put(PREFIX + "layout", "NCHW");
    entries.put(PREFIX + "transparency", "on white");
    entries.put(PREFIX + "orientation", "as EXIF says");
    entries.put(PREFIX + "steps", String.join("\n", steps(preprocessing)));
    return entries;
  }

  /**
   * What turns an image file into the network's input, in order and in words: whoever follows it in
   * another program gets the same features.
   */
  public static List<String> steps(Preprocessing preprocessing) {
    int size = preprocessing.size();
    return List.of(
        "decode to 8 bits per channel (samples of 16 bits are divided by 257 and rounded down); grey becomes three equal channels, palettes and CMYK become RGB",
        "lay what is transparent on white",
        "turn and mirror as the EXIF orientation says",
        "divide by 255: values in [0, 1]",
        "resize the shorter side to %d pixels, the longer one in proportion, rounded down: %s, as Pillow's BILINEAR but in floating point; an image that has the size already stays"
            .formatted((int) Math.rint(size / preprocessing.cropShare()), INTERPOLATION),
        "keep the central %d x %d pixels; its left and top are rounded half to even"
            .formatted(size, size),
        "per channel R, G, B subtract the mean %s and divide by the standard deviation %s"
            .formatted(
                written(preprocessing.normalisation().mean()),
                written(preprocessing.normalisation().std())),
        "lay out as float32 [N, 3, %d, %d] (NCHW): channels in the order R, G, B, rows from the top"
            .formatted(size, size));
  }

  /**
   * What {@link #of} wrote; further entries are ignored.
   *
   * @throws IllegalArgumentException saying which entry is missing or unreadable
   */
  public static Preprocessing read(Map<String, String> metadata) {
    return new Preprocessing(
        Integer.parseInt(entry(metadata, "size")),
        Double.parseDouble(entry(metadata, "cropShare")),
        new Normalisation(numbers(entry(metadata, "mean")), numbers(entry(metadata, "std"))));
  }

  private static String entry(Map<String, String> metadata, String name) {
    String value = metadata.get(PREFIX + name);
    if (value == null) {
      throw new IllegalArgumentException("no metadata '" + PREFIX + name + "'");
    }
    return value;
  }

  private static String written(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList();
  }
}
