package io.github.nolabel.recipe;

import io.github.nolabel.api.option.Option;

/** Small crops besides the two large ones (Caron et al. 2020); options of multi-crop methods. */
public record MultiCropOptions(
    @Option(value = "Small crops per image", min = 0, max = 64) int numCrops,
    @Option(
            value = "Their width and height in pixels; 0 takes three sevenths of the image's",
            min = 0,
            max = 4096)
        int localCropSize,
    @Option(value = "Smallest share of the image that a small crop keeps", min = 0.001, max = 1)
        double minLocalCropScale,
    @Option(value = "Largest share of the image that a small crop keeps", min = 0.001, max = 1)
        double maxLocalCropScale) {}
