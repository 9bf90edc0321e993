package io.github.nolabel.data;

/**
 * What a detector found in an image: a feature of every region, and perhaps where and what it is.
 */
public final class Regions {

  /** Numbers of a box: x1, y1, x2 and y2. */
  public static final int BOX = 4;

  private final int count;
  private final int width;
  private final float[] features;
  private final float[] boxes;
  private final float[] classes;

  private Regions(int count, int width, float[] features, float[] boxes, float[] classes) {
    this.count = count;
    this.width = width;
    this.features = features;
    this.boxes = boxes;
    this.classes = classes;
  }

  /** Regions without places. Takes over the array; do not write to it afterwards. */
  public static Regions of(int count, int width, float[] features) {
    return of(count, width, features, new float[0]);
  }

  /**
   * Regions, best first. Takes over the arrays; do not write to them afterwards.
   *
   * @param features {@code width} of each region in turn
   * @param boxes x1, y1, x2, y2 of each, as shares of the image's width and height; or nothing
   * @throws IllegalArgumentException unless there are as many numbers as that
   */
  public static Regions of(int count, int width, float[] features, float[] boxes) {
    if (count <= 0
        || width <= 0
        || features.length != (long) count * width
        || (boxes.length != 0 && boxes.length != (long) BOX * count)) {
      throw new IllegalArgumentException(
          "%d regions of width %d do not have %d features and %d numbers of boxes"
              .formatted(count, width, features.length, boxes.length));
    }
    return new Regions(count, width, features, boxes, new float[0]);
  }

  /**
   * The same regions with what they are. Takes over the array; do not write to it afterwards.
   *
   * @param probabilities of each class of each region in turn; those of a region add up to one
   * @throws IllegalArgumentException unless every region has as many
   */
  public Regions withClasses(float[] probabilities) {
    if (probabilities.length % count != 0) {
      throw new IllegalArgumentException(
          "%d regions do not have %d probabilities of classes"
              .formatted(count, probabilities.length));
    }
    return new Regions(count, width, features, boxes, probabilities);
  }

  public int count() {
    return count;
  }

  /** Numbers in the feature of a region. */
  public int width() {
    return width;
  }

  /** The features themselves, shared: read only. */
  public float[] features() {
    return features;
  }

  public boolean hasBoxes() {
    return boxes.length > 0;
  }

  /** The boxes themselves, shared: read only; empty if nobody said where the regions lie. */
  public float[] boxes() {
    return boxes;
  }

  /** Classes that the detector tells apart; zero if nobody said what the regions are. */
  public int classCount() {
    return classes.length / count;
  }

  /** Probabilities of the classes of each region, shared: read only. */
  public float[] classes() {
    return classes;
  }
}
