package io.github.nolabel.runtime.session;

import static io.github.nolabel.runtime.ToyProgram.named;

import io.github.nolabel.api.train.Batch;
import io.github.nolabel.runtime.ToyProgram;
import java.nio.FloatBuffer;

/** What the toy program computes, written out in double precision. */
final class ToyReference {

  private static final int D = ToyProgram.WIDTH;

  private final double[] w = {0.1f, -0.2f, 0.3f, 0.05f};
  private final double[] m = new double[D];
  private final double[] v = new double[D];
  private final double[] runningMean = new double[D];
  private final double[] runningVariance = {1, 1, 1, 1};
  private int t;

  double[] weights() {
    return w;
  }

  double[] runningMean() {
    return runningMean;
  }

  double[] runningVariance() {
    return runningVariance;
  }

  /** One update; returns the loss before it. */
  double step(Batch batch, double learningRate) {
    double[][] x = normalised(named(batch.tensors(), "x").floats(), batch.size());
    FloatBuffer y = named(batch.tensors(), "y").floats();
    double loss = 0;
    double[] gradient = new double[D];
    for (int row = 0; row < batch.size(); row++) {
      double error = -y.get(row);
      for (int i = 0; i < D; i++) {
        error += x[row][i] * w[i];
      }
      loss += error * error / batch.size();
      for (int i = 0; i < D; i++) {
        gradient[i] += 2 * error * x[row][i] / batch.size();
      }
    }
    adam(gradient, learningRate);
    return loss;
  }

  private void adam(double[] gradient, double learningRate) {
    t++;
    for (int i = 0; i < D; i++) {
      m[i] = 0.9 * m[i] + 0.1 * gradient[i];
      v[i] = 0.99 * v[i] + 0.01 * gradient[i] * gradient[i];
      double mHat = m[i] / (1 - Math.pow(0.9, t));
      double vHat = v[i] / (1 - Math.pow(0.99, t));
      w[i] -= learningRate * mHat / (Math.sqrt(vHat) + 1e-8);
    }
  }

  /** Batch statistics with the biased variance; running ones keep nine tenths. */
  private double[][] normalised(FloatBuffer x, int rows) {
    double[][] result = new double[rows][D];
    for (int i = 0; i < D; i++) {
      double sum = 0;
      double squares = 0;
      for (int row = 0; row < rows; row++) {
        sum += x.get(row * D + i);
        squares += (double) x.get(row * D + i) * x.get(row * D + i);
      }
      double mean = sum / rows;
      double variance = squares / rows - mean * mean;
      for (int row = 0; row < rows; row++) {
        result[row][i] = (x.get(row * D + i) - mean) / Math.sqrt(variance + 1e-5);
      }
      runningMean[i] = 0.9 * runningMean[i] + 0.1 * mean;
      runningVariance[i] = 0.9 * runningVariance[i] + 0.1 * variance;
    }
    return result;
  }
}
