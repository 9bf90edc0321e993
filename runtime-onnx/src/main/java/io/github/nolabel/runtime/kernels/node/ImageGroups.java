package io.github.nolabel.runtime.kernels.node;

/**
 * A batch cut into groups of as many images each, so few that a thread's cache holds them.
 *
 * @param each images of a group
 */
public record ImageGroups(long images, long each) {

  /** Half of what common processors have for each core. */
  private static final long CACHED = 1 << 18;

  /**
   * @param bytes of one image
   */
  static ImageGroups of(long images, long bytes) {
    return upTo(images, Math.max(1, CACHED / bytes));
  }

  /** Groups of so many images at most. */
  public static ImageGroups upTo(long images, long most) {
    long each = Math.min(images, most);
    while (images % each != 0) {
      each--;
    }
    return new ImageGroups(images, each);
  }

  public int count() {
    return (int) (images / each);
  }
}
