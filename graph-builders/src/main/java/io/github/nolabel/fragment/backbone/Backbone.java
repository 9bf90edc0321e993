package io.github.nolabel.fragment.backbone;

import io.github.nolabel.api.Shape;
import io.github.nolabel.fragment.Fragment;

/** A fragment from normalised images to feature vectors of a known width. */
public interface Backbone extends Fragment {

  /** What it consumes, for example {@code [N, 3, 224, 224]}. */
  Shape inputShape();

  /** The extent of axis 1 of its output, float[N, featureWidth]. */
  int featureWidth();

  /** The size nearest to {@code pixels} of square images that it also takes, such as crops. */
  default int nearestSize(int pixels) {
    return pixels;
  }
}
