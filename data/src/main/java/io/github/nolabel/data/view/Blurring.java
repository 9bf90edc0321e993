package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Gaussian blur, separable; the border is mirrored without repeating the edge pixel. */
final class Blurring implements Drawing {

  /** All weights below it together are less than what floats near 1 are rounded by. */
  private static final float NOTHING = 1e-8f;

  private final GaussianBlur blur;
  private final float[] kernel;
  private final RowSum sum = new RowSum();
  private float[] padded = new float[0];
  private float[][] shifted = new float[0][];
  private float[][] blurred = new float[0][];
  private int stride;

  Blurring(GaussianBlur blur) {
    this.blur = blur;
    this.kernel = new float[blur.kernel()];
  }

  @Override
  public void apply(Pixels image, CounterRandom random) {
    if (random.chance(blur.probability())) {
      blur(image, random.uniform(blur.minSigma(), blur.maxSigma()));
    }
  }

  @Override
  public void draw(CounterRandom random, FloatBuffer target, int offset) {
    if (random.chance(blur.probability())) {
      fillKernel(random.uniform(blur.minSigma(), blur.maxSigma()));
    } else {
      Arrays.fill(kernel, 0);
      kernel[kernel.length / 2] = 1;
    }
    int half = kernel.length / 2;
    target.put(offset, kernel, half, half + 1);
  }

  void blur(Pixels image, double sigma) {
    fillKernel(sigma);
    reserve(image.width(), image.height());
    int reach = reach();
    for (int y = 0; y < image.height(); y++) {
      pad(image, y, reach);
      alongRow(reach, blurred[y]);
    }
    for (int y = 0; y < image.height(); y++) {
      alongColumn(y, reach, image);
    }
  }

  private void fillKernel(double sigma) {
    double sum = 0;
    int half = kernel.length / 2;
    for (int i = 0; i < kernel.length; i++) {
      double x = (i - half) / sigma;
      double weight = Math.exp(-0.5 * x * x);
      kernel[i] = (float) weight;
      sum += weight;
    }
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = (float) (kernel[i] / sum);
    }
  }

  /** Rows hold red, green and blue, each with room for what is mirrored on both sides. */
  private void reserve(int width, int height) {
    stride = width + kernel.length - 1;
    int length = 3 * stride;
    blurred = Rows.room(blurred, height, length);
    shifted = Rows.room(shifted, RowSum.AT_ONCE, length);
    if (padded.length < length) {
      padded = new float[length];
    }
  }

  /** How many pixels away there still are weights that change a sum. */
  private int reach() {
    int half = kernel.length / 2;
    int reach = half;
    while (reach > 0 && kernel[half + reach] < NOTHING) {
      reach--;
    }
    return reach;
  }

  private void pad(Pixels image, int y, int reach) {
    int width = image.width();
    for (int channel = 0; channel < 3; channel++) {
      int from = channel * image.area() + y * width;
      int to = channel * stride + reach;
      System.arraycopy(image.values(), from, padded, to, width);
      for (int i = 1; i <= reach; i++) {
        padded[to - i] = image.values()[from + mirrored(-i, width)];
        padded[to + width - 1 + i] = image.values()[from + mirrored(width - 1 + i, width)];
      }
    }
  }

  /** Copies are moved to the same index, which is what makes sums quick. */
  private void alongRow(int reach, float[] target) {
    int length = 3 * stride - 2 * reach;
    sum.start(length);
    for (int tap = 0; tap <= 2 * reach; tap++) {
      float[] moved = shifted[tap % RowSum.AT_ONCE];
      System.arraycopy(padded, tap, moved, 0, length);
      sum.add(moved, kernel[kernel.length / 2 - reach + tap]);
    }
    System.arraycopy(sum.end(), 0, target, 0, length);
  }

  private void alongColumn(int y, int reach, Pixels image) {
    sum.start(3 * stride - 2 * reach);
    for (int tap = -reach; tap <= reach; tap++) {
      sum.add(blurred[mirrored(y + tap, image.height())], kernel[kernel.length / 2 + tap]);
    }
    float[] row = sum.end();
    for (int channel = 0; channel < 3; channel++) {
      int to = channel * image.area() + y * image.width();
      System.arraycopy(row, channel * stride, image.values(), to, image.width());
    }
  }

  /** Where a position outside 0 to {@code size} - 1 falls when the ends are mirrors. */
  private static int mirrored(int position, int size) {
    if (position >= 0 && position < size) {
      return position;
    }
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int folded = Math.floorMod(position, period);
    return Math.min(folded, period - folded);
  }
}
