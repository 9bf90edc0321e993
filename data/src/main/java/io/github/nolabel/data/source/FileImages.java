package io.github.nolabel.data.source;

import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.Reduction;
import io.github.nolabel.data.Regions;
import io.github.nolabel.data.RgbImage;
import io.github.nolabel.data.decode.ImageDecoder;
import io.github.nolabel.data.region.RegionFile;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Encoded images, decoded when asked for. */
final class FileImages implements ImageDataset {

  private final List<ImageFile> files;
  private final int[] labels;
  private final List<String> labelNames;

  /**
   * @param labels one per file: an index into {@code labelNames}, or -1 for none
   */
  FileImages(List<ImageFile> files, int[] labels, List<String> labelNames) {
    this.files = List.copyOf(files);
    this.labels = labels.clone();
    this.labelNames = List.copyOf(labelNames);
  }

  @Override
  public int size() {
    return files.size();
  }

  @Override
  public RgbImage image(int index) {
    return image(index, Reduction.NONE);
  }

  @Override
  public RgbImage image(int index, Reduction reduction) {
    ImageFile file = files.get(index);
    try {
      return ImageDecoder.decode(file.path(), file.content().read(), reduction);
    } catch (IOException e) {
      throw new BrokenImageException(
          "'%s' cannot be read: %s.".formatted(file.path(), e.getMessage()), e);
    }
  }

  @Override
  public OptionalInt label(int index) {
    return labels[index] < 0 ? OptionalInt.empty() : OptionalInt.of(labels[index]);
  }

  @Override
  public List<String> labelNames() {
    return labelNames;
  }

  @Override
  public String name(int index) {
    return files.get(index).path();
  }

  @Override
  public List<String> captions(int index) {
    return files.get(index).captions();
  }

  @Override
  public Optional<Regions> regions(int index) {
    return files.get(index).regions().map(RegionFile::read);
  }

  @Override
  public boolean hasRegions(int index) {
    return files.get(index).regions().isPresent();
  }

  @Override
  public int[] copiesOf(int... indices) {
    return FileCopies.of(files, indices);
  }
}
