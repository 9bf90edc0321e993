package io.github.nolabel.methods.multimodal.tower;

import io.github.nolabel.api.input.Input;
import io.github.nolabel.api.option.Option;

/** Whether a method reads images or what a detector found in them; options of such methods. */
public record RegionOptions(
    @Option("What stands for an image: the image, or region features from files beside it")
        Features features,
    @Option(value = "Regions that are read of an image, the first ones", min = 1, max = 4096)
        int regionCount,
    @Option(value = "Width of the feature of a region", min = 1, max = 65536) int regionWidth) {

  /** What stands for an image. */
  public enum Features {
    /** Its pixels, which the backbone reads. */
    IMAGE,
    /** What a detector found in it; the backbone is not used. */
    REGIONS
  }

  /** The image; what bottom-up attention (Anderson et al. 2018) finds, if it is regions. */
  public static final RegionOptions STANDARD = new RegionOptions(Features.IMAGE, 36, 2048);

  private static final String NAME = "regions";

  /** Whether regions are read in place of images. */
  public boolean areRead() {
    return features == Features.REGIONS;
  }

  /** float[N, regionCount, regionWidth] */
  public Input.Regions regions() {
    return new Input.Regions(NAME, regionCount, regionWidth);
  }

  /** float[N, regionCount, 7] */
  public Input.Places places() {
    return Input.Places.of(NAME + "_places", regions());
  }

  /** float[N, regionCount, classes] */
  public Input.RegionClasses classes(int classes) {
    return Input.RegionClasses.of(NAME + "_classes", regions(), classes);
  }

  /** int64[N, regionCount] */
  public Input.Mask mask() {
    return Input.Mask.of(NAME + "_mask", regions());
  }
}
