package io.github.nolabel.data;

import io.github.nolabel.api.Require;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Chosen images of one or two data sets with the same label names, in a chosen order. */
public final class JoinedImages implements ImageDataset {

  private final List<ImageDataset> parts;
  private final int[] part;
  private final int[] index;

  private JoinedImages(List<ImageDataset> parts, int[] part, int[] index) {
    this.parts = List.copyOf(parts);
    this.part = part;
    this.index = index;
  }

  /** The images of {@code images} with these indices, in this order. */
  public static ImageDataset choose(ImageDataset images, int... indices) {
    return new JoinedImages(List.of(images), new int[indices.length], indices.clone());
  }

  /** First all of {@code first}, then all of {@code second}. */
  public static ImageDataset join(ImageDataset first, ImageDataset second) {
    Require.that(
        first.labelNames().equals(second.labelNames()), "the parts must share their label names");
    int size = first.size() + second.size();
    int[] part = new int[size];
    Arrays.fill(part, first.size(), size, 1);
    int[] index =
        Stream.of(first, second)
            .flatMapToInt(images -> IntStream.range(0, images.size()))
            .toArray();
    return new JoinedImages(List.of(first, second), part, index);
  }

  @Override
  public int size() {
    return index.length;
  }

  @Override
  public RgbImage image(int i) {
    return of(i).image(index[i]);
  }

  @Override
  public RgbImage image(int i, Reduction reduction) {
    return of(i).image(index[i], reduction);
  }

  @Override
  public OptionalInt label(int i) {
    return of(i).label(index[i]);
  }

  @Override
  public List<String> labelNames() {
    return parts.get(0).labelNames();
  }

  @Override
  public String name(int i) {
    return of(i).name(index[i]);
  }

  @Override
  public List<String> captions(int i) {
    return of(i).captions(index[i]);
  }

  @Override
  public Optional<Regions> regions(int i) {
    return of(i).regions(index[i]);
  }

  @Override
  public boolean hasRegions(int i) {
    return of(i).hasRegions(index[i]);
  }

  private ImageDataset of(int i) {
    return parts.get(part[i]);
  }
}
