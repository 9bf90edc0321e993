package io.github.nolabel.networks.table;

import io.github.nolabel.api.Shape;
import io.github.nolabel.graph.Role;

/** What an input is to an operator; it tells a weight's {@link Role}. */
public enum WeightUse {
  /** The kernel of a convolution or the matrix of a product. */
  KERNEL,
  /** Added to each channel. */
  OFFSET,
  /** Multiplied with each channel. */
  SCALE,
  /** The running mean of a normalisation. */
  MEAN,
  /** The running variance of a normalisation. */
  VARIANCE,
  /** Looked up by index. */
  TABLE,
  /** A term of a sum: an offset, or positions. */
  ADDED,
  /** A factor. */
  MULTIPLIED,
  /** Anything else that is computed with. */
  DATA,
  /** Passed on unchanged: what follows decides. */
  LAYOUT;

  /** Whether a single number here is a parameter all the same. */
  boolean alwaysWeight() {
    return switch (this) {
      case KERNEL, OFFSET, SCALE, MEAN, VARIANCE, TABLE -> true;
      case ADDED, MULTIPLIED, DATA, LAYOUT -> false;
    };
  }

  public Role role(Shape shape) {
    boolean vector = shape.dims().stream().filter(dim -> dim.extent() != 1).count() <= 1;
    return switch (this) {
      case KERNEL -> Role.WEIGHT;
      case OFFSET -> Role.BIAS;
      case SCALE -> Role.GAIN;
      case MEAN, VARIANCE -> Role.STATISTIC;
      case TABLE -> Role.EMBEDDING;
      case MULTIPLIED -> vector ? Role.GAIN : Role.WEIGHT;
      case ADDED -> vector ? Role.BIAS : Role.EMBEDDING;
      case DATA, LAYOUT -> Role.EMBEDDING;
    };
  }
}
