package io.github.nolabel.imported.table;

/** A number that may depend on the batch size: {@code fixed + perSample * N}. */
public record Count(double fixed, double perSample) {

  public static Count of(double value) {
    return new Count(value, 0);
  }

  public boolean isFixed() {
    return perSample == 0;
  }
}
