package io.github.nolabel.networks.table;

/** A number that may depend on the batch size: {@code fixed + perSample * N}. */
public record BatchCount(double fixed, double perSample) {

  public static BatchCount of(double value) {
    return new BatchCount(value, 0);
  }

  public boolean isFixed() {
    return perSample == 0;
  }
}
