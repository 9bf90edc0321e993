package io.github.nolabel.objective;

import static io.github.nolabel.objective.LineObjective.PIXELS;
import static io.github.nolabel.objective.LineObjective.WIDTH;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.OptimizerConfig;
import io.github.nolabel.api.train.OptimizerConfig.Algorithm;

/** {@link LineObjective} and its optimizer in float64; the weights come first, then the bias. */
final class LineReference {

  private static final int COUNT = PIXELS * WIDTH + WIDTH;

  private final OptimizerConfig config;
  private final double[] w = new double[COUNT];
  private final double[] gradient = new double[COUNT];
  private final double[] first = new double[COUNT];
  private final double[] second = new double[COUNT];
  final double[] seen = new double[WIDTH];
  private int updates;

  LineReference(OptimizerConfig config) {
    this.config = config;
    float[] start = LineObjective.firstWeights().toFloats();
    for (int i = 0; i < start.length; i++) {
      w[i] = start[i];
    }
    w[COUNT - 2] = 0.5;
    w[COUNT - 1] = 0.5;
  }

  double[] weights() {
    return w.clone();
  }

  /** Adds the batch's gradient; returns the loss. */
  double trainStep(Tensor images, Tensor targets, double keep) {
    float[] x = images.toFloats();
    float[] t = targets.toFloats();
    int count = x.length / PIXELS;
    double loss = 0;
    for (int column = 0; column < WIDTH; column++) {
      double mean = 0;
      for (int row = 0; row < count; row++) {
        double y = w[PIXELS * WIDTH + column];
        for (int i = 0; i < PIXELS; i++) {
          y += x[row * PIXELS + i] * w[i * WIDTH + column];
        }
        double distance = y - t[row * WIDTH + column];
        double slope = 2 * distance / (count * WIDTH);
        for (int i = 0; i < PIXELS; i++) {
          gradient[i * WIDTH + column] += slope * x[row * PIXELS + i];
        }
        gradient[PIXELS * WIDTH + column] += slope;
        loss += distance * distance / (count * WIDTH);
        mean += y / count;
      }
      seen[column] = keep * seen[column] + (1 - keep) * mean;
    }
    return loss;
  }

  void resetGradients() {
    java.util.Arrays.fill(gradient, 0);
  }

  void optimizerStep(double rate) {
    updates++;
    double scale = clipFactor();
    for (int i = 0; i < COUNT; i++) {
      double g = gradient[i] * scale;
      if (config.algorithm().equals(Algorithm.SGD)) {
        w[i] -= rate * g;
      } else {
        adamW(i, g, rate);
      }
    }
  }

  private void adamW(int i, double g, double rate) {
    w[i] -= rate * config.weightDecay() * w[i];
    first[i] = config.beta1() * first[i] + (1 - config.beta1()) * g;
    second[i] = config.beta2() * second[i] + (1 - config.beta2()) * g * g;
    double mean = first[i] / (1 - Math.pow(config.beta1(), updates));
    double square = second[i] / (1 - Math.pow(config.beta2(), updates));
    w[i] -= rate * mean / (Math.sqrt(square) + config.epsilon());
  }

  private double clipFactor() {
    if (config.clipNorm() == 0) {
      return 1;
    }
    double squares = 0;
    for (double g : gradient) {
      squares += g * g;
    }
    return Math.min(1, config.clipNorm() / (Math.sqrt(squares) + 1e-6));
  }
}
