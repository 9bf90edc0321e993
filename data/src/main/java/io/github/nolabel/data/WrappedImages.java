package io.github.nolabel.data;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** The same images under the same names and labels; only how they are decoded differs. */
public interface WrappedImages extends ImageDataset {

  /** Whose images these are. */
  ImageDataset images();

  @Override
  default int size() {
    return images().size();
  }

  @Override
  default RuntimeException broken(BrokenImageException found) {
    return images().broken(found);
  }

  @Override
  default OptionalInt label(int index) {
    return images().label(index);
  }

  @Override
  default List<String> labelNames() {
    return images().labelNames();
  }

  @Override
  default String name(int index) {
    return images().name(index);
  }

  @Override
  default List<String> captions(int index) {
    return images().captions(index);
  }

  @Override
  default Optional<Regions> regions(int index) {
    return images().regions(index);
  }

  @Override
  default boolean hasRegions(int index) {
    return images().hasRegions(index);
  }

  @Override
  default int[] copiesOf(int... indices) {
    return images().copiesOf(indices);
  }
}
