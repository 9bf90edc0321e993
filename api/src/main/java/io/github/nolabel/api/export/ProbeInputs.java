package io.github.nolabel.api.export;

/** Names of the data inputs of programs that train a classifier. */
public final class ProbeInputs {

  /** float[N, 3, S, S], or float[N, D] where a linear classifier reads features. */
  public static final String IMAGES = "images";

  /** int64[N]: the class of each. */
  public static final String LABELS = "labels";

  private ProbeInputs() {}
}
