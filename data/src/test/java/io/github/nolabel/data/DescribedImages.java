package io.github.nolabel.data;

import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Unlabelled images of one grey pixel with captions, for tests. */
public record DescribedImages(
    int size, IntFunction<String> names, IntUnaryOperator grey, IntFunction<List<String>> texts)
    implements ImageDataset {

  /** All black, named after {@code prefix} and their indices. */
  public DescribedImages(String prefix, int size, IntFunction<List<String>> texts) {
    this(size, index -> prefix + index, index -> 0, texts);
  }

  @Override
  public RgbImage image(int index) {
    byte level = (byte) grey.applyAsInt(index);
    return RgbImage.of(1, 1, new byte[] {level, level, level});
  }

  @Override
  public OptionalInt label(int index) {
    return OptionalInt.empty();
  }

  @Override
  public List<String> labelNames() {
    return List.of();
  }

  @Override
  public String name(int index) {
    return names.apply(index);
  }

  @Override
  public List<String> captions(int index) {
    return texts.apply(index);
  }
}
