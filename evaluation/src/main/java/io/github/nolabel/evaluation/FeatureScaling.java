package io.github.nolabel.evaluation;

import java.util.Arrays;
import java.util.function.UnaryOperator;

/** How features are scaled before a linear classifier sees them. */
public enum FeatureScaling {
  /** Every feature gets mean 0 and standard deviation 1 over the training images. */
  STANDARDISE {
    @Override
    UnaryOperator<FeatureMatrix> fit(FeatureMatrix training) {
      double[] mean = new double[training.width()];
      double[] square = new double[training.width()];
      float[] values = training.values();
      for (int i = 0; i < values.length; i++) {
        mean[i % mean.length] += values[i] / (double) training.rows();
      }
      for (int i = 0; i < values.length; i++) {
        double centred = values[i] - mean[i % mean.length];
        square[i % mean.length] += centred * centred / training.rows();
      }
      double[] scale = Arrays.stream(square).map(v -> v > TINY ? 1 / Math.sqrt(v) : 0).toArray();
      return features -> features.mapped((v, c) -> (float) ((v - mean[c]) * scale[c]));
    }
  },
  /** Every image's features get length one. */
  NORMALISE {
    @Override
    UnaryOperator<FeatureMatrix> fit(FeatureMatrix training) {
      return FeatureMatrix::unitRows;
    }
  },
  NONE {
    @Override
    UnaryOperator<FeatureMatrix> fit(FeatureMatrix training) {
      return features -> features;
    }
  };

  /** A feature of less variance says nothing; it becomes zero. */
  private static final double TINY = 1e-20;

  /** The scaling that these features determine. */
  abstract UnaryOperator<FeatureMatrix> fit(FeatureMatrix training);
}
