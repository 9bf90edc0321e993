package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.graph.Value;

/**
 * The regions of a batch's images.
 *
 * @param features float[N, K, width]
 * @param places float[N, K, 7], or float[1, K, 7] if they are the same in all images: x1, y1, x2,
 *     y2, width, height and area, of an image whose sides are 1
 * @param mask int64[N, K], 1 for a region and 0 for padding
 */
record Regions(Value features, Value places, Value mask) {

  /** Regions of an image, padding included. */
  long count() {
    return features.shape().extent(1);
  }

  /** The same places with other features. */
  Regions with(Value others) {
    return new Regions(others, places, mask);
  }
}
