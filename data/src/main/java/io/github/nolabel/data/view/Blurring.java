package io.github.nolabel.data.view;

import io.github.nolabel.api.view.ViewTransform.GaussianBlur;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** Gaussian blur, separable; the border is mirrored without repeating the edge pixel. */
final class Blurring implements Drawing {

  private final GaussianBlur blur;
  private final float[] kernel;
  private final Pixels between = new Pixels();
  private float[] padded = new float[0];

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
    between.reshape(image.width(), image.height());
    alongRows(image, between);
    alongColumns(between, image);
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

  private void alongRows(Pixels source, Pixels target) {
    int width = source.width();
    int half = kernel.length / 2;
    if (padded.length < width + 2 * half) {
      padded = new float[width + 2 * half];
    }
    for (int line = 0; line < 3 * source.height(); line++) {
      pad(source.values(), line * width, width, half);
      int to = line * width;
      Arrays.fill(target.values(), to, to + width, 0);
      for (int tap = 0; tap < kernel.length; tap++) {
        addRow(padded, tap, target.values(), to, width, kernel[tap]);
      }
    }
  }

  private void pad(float[] values, int from, int width, int half) {
    System.arraycopy(values, from, padded, half, width);
    for (int i = 1; i <= half; i++) {
      padded[half - i] = values[from + mirrored(-i, width)];
      padded[half + width - 1 + i] = values[from + mirrored(width - 1 + i, width)];
    }
  }

  private void alongColumns(Pixels source, Pixels target) {
    int width = source.width();
    int height = source.height();
    int half = kernel.length / 2;
    for (int line = 0; line < 3 * height; line++) {
      int plane = line / height * height;
      int to = line * width;
      Arrays.fill(target.values(), to, to + width, 0);
      for (int tap = 0; tap < kernel.length; tap++) {
        int row = plane + mirrored(line - plane + tap - half, height);
        addRow(source.values(), row * width, target.values(), to, width, kernel[tap]);
      }
    }
  }

  private static void addRow(
      float[] source, int from, float[] target, int to, int width, float weight) {
    for (int x = 0; x < width; x++) {
      target[to + x] += weight * source[from + x];
    }
  }

  /** Where a position outside 0 to {@code size} - 1 falls when the ends are mirrors. */
  private static int mirrored(int position, int size) {
    if (size == 1) {
      return 0;
    }
    int period = 2 * (size - 1);
    int folded = Math.floorMod(position, period);
    return Math.min(folded, period - folded);
  }
}
