package io.github.nolabel.data.region;

import io.github.nolabel.data.Regions;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Boxes as shares of the image: in pixels if the file says how large the image is, else as they
 * are. What lies beyond the edge by at most a hundredth is moved onto it.
 */
record BoxReader(NamedArrays arrays) {

  private static final List<String> BOXES = List.of("boxes", "bbox");
  private static final List<String> WIDTH = List.of("width", "image_width", "image_w");
  private static final List<String> HEIGHT = List.of("height", "image_height", "image_h");
  private static final float SLACK = 0.01f;

  /** x1, y1, x2, y2 of each region, or nothing. */
  float[] read(int count) throws IOException {
    Optional<String> name = one(BOXES);
    if (name.isEmpty()) {
      return new float[0];
    }
    NumberArray array = arrays.read(name.get());
    if (!array.shape().equals(List.of((long) count, (long) Regions.BOX))) {
      throw new IOException(
          "'%s' is %s, expected [%d, 4]: x1, y1, x2, y2 of each region"
              .formatted(name.get(), array, count));
    }
    return shares(array.values());
  }

  private float[] shares(float[] boxes) throws IOException {
    Optional<String> width = one(WIDTH);
    Optional<String> height = one(HEIGHT);
    if (width.isPresent() != height.isPresent()) {
      throw new IOException("it has one of 'width' and 'height', expected both or none");
    }
    float x = width.isEmpty() ? 1 : size(width.get());
    float y = height.isEmpty() ? 1 : size(height.get());
    String unit = width.isEmpty() ? "[0, 1] without 'width' and 'height'" : x + " x " + y;
    float[] shares = new float[boxes.length];
    for (int i = 0; i < boxes.length; i++) {
      shares[i] = within(boxes[i], i % 2 == 0 ? x : y, unit);
    }
    for (int i = 0; i < boxes.length; i += Regions.BOX) {
      requireOrder(shares, i);
    }
    return shares;
  }

  private static float within(float value, float side, String unit) throws IOException {
    float share = value / side;
    if (share < -SLACK || share > 1 + SLACK) {
      throw new IOException("a box has %s, expected to lie in %s".formatted(value, unit));
    }
    return Math.max(0, Math.min(1, share));
  }

  private static void requireOrder(float[] shares, int at) throws IOException {
    if (shares[at + 2] < shares[at] || shares[at + 3] < shares[at + 1]) {
      throw new IOException(
          "box %d ends before it begins, expected x1, y1, x2, y2".formatted(at / Regions.BOX));
    }
  }

  private float size(String name) throws IOException {
    NumberArray array = arrays.read(name);
    if (array.values().length != 1 || !(array.values()[0] > 0)) {
      throw new IOException("'%s' is %s, expected one positive number".formatted(name, array));
    }
    return array.values()[0];
  }

  private Optional<String> one(List<String> names) {
    return names.stream().filter(arrays.names()::contains).findFirst();
  }
}
