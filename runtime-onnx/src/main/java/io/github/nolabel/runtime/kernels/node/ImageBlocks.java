package io.github.nolabel.runtime.kernels.node;

/**
 * A batch cut into blocks whose sizes differ by one image at most.
 *
 * @param count of the blocks
 */
public record ImageBlocks(long images, int count) {

  /** At most {@code most} blocks, none of them empty, but one at least. */
  public static ImageBlocks of(long images, int most) {
    return new ImageBlocks(images, (int) Math.max(1, Math.min(images, most)));
  }

  public long begin(int block) {
    return images * block / count;
  }

  public long size(int block) {
    return begin(block + 1) - begin(block);
  }
}
