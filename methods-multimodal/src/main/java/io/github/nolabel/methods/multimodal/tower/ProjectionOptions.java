package io.github.nolabel.methods.multimodal.tower;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.option.Option;
import io.github.nolabel.fragment.Fragment;
import io.github.nolabel.fragment.layer.Activation;
import io.github.nolabel.fragment.layer.Dense;

/** How features of images and of texts come into one space; options of methods with two towers. */
public record ProjectionOptions(
    @Option.Width("Width of the space in which images and texts meet") int embedDim,
    @Option(
            value = "Layers between a network's feature and that space; the paper has 1",
            min = 1,
            max = 2)
        int projectionLayers,
    @Option(
            value = "Width of the image network's feature; 0 takes what it is",
            min = 0,
            max = 65536,
            aliases = {"vision_width", "vision_feature_dim"})
        int imageFeatureDim,
    @Option(
            value = "Width of the text network's feature; 0 takes what it is",
            min = 0,
            max = 65536,
            aliases = "transformer_feature_dim")
        int textFeatureDim) {

  public static final ProjectionOptions STANDARD = new ProjectionOptions(256, 1, 0, 0);

  /** From a feature of that width. */
  Fragment from(int width) {
    Fragment last = new Dense(width, embedDim).withoutBias();
    return projectionLayers == 1
        ? last
        : new Dense(width, width)
            .withoutBias()
            .then("activation", Activation.RELU)
            .then("last", last);
  }

  /** Refuses a width that somebody expects and the network does not have. */
  void requireWidths(int image, int text) {
    requireWidth("imageFeatureDim", imageFeatureDim, image);
    requireWidth("textFeatureDim", textFeatureDim, text);
  }

  private static void requireWidth(String option, int expected, int width) {
    Require.that(
        expected == 0 || expected == width,
        "%s is %d, the network's feature has %d numbers. Leave the option out, or choose another network."
            .formatted(option, expected, width));
  }
}
