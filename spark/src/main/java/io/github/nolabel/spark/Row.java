package io.github.nolabel.spark;

import java.io.Serializable;
import java.util.Arrays;

/** Numbers in one row, as they travel. Whoever is given one leaves it as it is. */
final class Row implements Serializable {

  private static final long serialVersionUID = 1;

  static final Row EMPTY = new Row(new float[0]);

  private final float[] numbers;

  Row(float[] numbers) {
    this.numbers = numbers;
  }

  float[] numbers() {
    return numbers;
  }

  int length() {
    return numbers.length;
  }

  /** Numbers {@code begin} to {@code end} - 1. */
  Row part(int begin, int end) {
    return new Row(Arrays.copyOfRange(numbers, begin, end));
  }
}
