package io.github.nolabel.api.view;

import io.github.nolabel.api.Require;
import java.util.List;

/** {@code (x - mean) / std} per channel, on values in [0, 1]. */
public record Normalisation(List<Double> mean, List<Double> std) {

  /** The statistics of ImageNet, used everywhere by habit. */
  public static final Normalisation IMAGENET =
      new Normalisation(List.of(0.485, 0.456, 0.406), List.of(0.229, 0.224, 0.225));

  public Normalisation {
    mean = List.copyOf(mean);
    std = List.copyOf(std);
    Require.that(mean.size() == 3 && std.size() == 3, "mean and std need three values each");
    std.forEach(s -> Require.within("std", s, 1e-6, 1e6));
  }
}
