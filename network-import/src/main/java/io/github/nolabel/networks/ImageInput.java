package io.github.nolabel.networks;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.networks.file.OnnxFile;
import io.github.nolabel.networks.file.OnnxGraph;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a file wants to be fed.
 *
 * @param channelsLast [N, H, W, 3], as Keras has it, instead of [N, 3, H, W]
 * @param fileBatch the batch size that the file was exported for; empty if any
 * @param bytes 0 to 255, whole numbers in the file
 */
record ImageInput(int imageSize, boolean channelsLast, OptionalLong fileBatch, boolean bytes) {

  private static final int CHANNELS = 3;
  private static final long LARGEST = 4096;
  private static final int BYTES = 2;

  /** The codes of float, float16, double, bfloat16, and of none at all. */
  private static final Set<Integer> FLOATS = Set.of(0, 1, 10, 11, 16);

  Shape shape() {
    return Shape.batched(CHANNELS, imageSize, imageSize);
  }

  Value laidOut(Ops g, Value images) {
    return channelsLast ? g.transpose(images, 0, 2, 3, 1) : images;
  }

  /**
   * @param imageSize width and height in pixels
   * @throws UserMistake if the file does not take one batch of colour images
   */
  static ImageInput of(OnnxFile file, int imageSize) {
    OnnxGraph.Input input = only(file);
    List<OptionalLong> extents = input.extents();
    boolean last = channelsLast(file, input);
    fixedSize(file);
    return new ImageInput(imageSize, last, extents.get(0), isBytes(file, input));
  }

  private static boolean isBytes(OnnxFile file, OnnxGraph.Input input) {
    if (input.type() != BYTES && !FLOATS.contains(input.type())) {
      throw new UserMistake(
          "%s takes numbers of type %d, expected floats or bytes. Export it with images of floats."
              .formatted(path(file), input.type()));
    }
    return input.type() == BYTES;
  }

  /**
   * Width and height of the images that the file was exported for; empty if any.
   *
   * @throws UserMistake if they differ, or are too large
   */
  static OptionalInt fixedSize(OnnxFile file) {
    OnnxGraph.Input input = only(file);
    int axis = channelsLast(file, input) ? 1 : 2;
    OptionalLong height = input.extents().get(axis);
    OptionalLong width = input.extents().get(axis + 1);
    boolean oblong =
        height.isPresent() && width.isPresent() && height.getAsLong() != width.getAsLong();
    if (oblong || height.orElse(width.orElse(0)) > LARGEST) {
      throw new UserMistake(
          "%s takes %s; only square images of up to %d pixels can be trained on. Export it for those."
              .formatted(path(file), described(List.of(input)), LARGEST));
    }
    return height.isPresent() || width.isPresent()
        ? OptionalInt.of((int) height.orElse(width.orElse(0)))
        : OptionalInt.empty();
  }

  private static OnnxGraph.Input only(OnnxFile file) {
    List<OnnxGraph.Input> inputs = file.graph().inputs();
    if (inputs.size() != 1 || inputs.get(0).extents().size() != 4) {
      throw new UserMistake(
          "%s takes %s, expected one input of images [N, 3, height, width]. Export the image network alone."
              .formatted(path(file), described(inputs)));
    }
    return inputs.get(0);
  }

  private static boolean channelsLast(OnnxFile file, OnnxGraph.Input input) {
    boolean first = mayBeChannels(input.extents().get(1));
    boolean last = mayBeChannels(input.extents().get(3));
    if (!first && !last) {
      throw new UserMistake(
          "%s takes %s, which are no images of three colours."
              .formatted(path(file), described(List.of(input))));
    }
    boolean saysLast = input.extents().get(3).isPresent() && last;
    return saysLast && !(input.extents().get(1).isPresent() && first);
  }

  private static boolean mayBeChannels(OptionalLong extent) {
    return extent.orElse(CHANNELS) == CHANNELS;
  }

  private static String described(List<OnnxGraph.Input> inputs) {
    List<String> texts =
        inputs.stream()
            .map(
                i ->
                    "'%s' %s"
                        .formatted(i.name(), i.extents().stream().map(ImageInput::text).toList()))
            .toList();
    return texts.isEmpty() ? "no input" : String.join(" and ", texts);
  }

  private static String text(OptionalLong extent) {
    return extent.isPresent() ? Long.toString(extent.getAsLong()) : "any";
  }

  private static Path path(OnnxFile file) {
    return file.parts().get(0);
  }
}
