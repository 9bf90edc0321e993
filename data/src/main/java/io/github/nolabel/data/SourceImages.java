package io.github.nolabel.data;

/** What a reader found. Start at {@link SplitImages}, unless the protocol is special. */
public interface SourceImages {

  /** Every image, in the source's own order. */
  ImageDataset all();

  /** The training images, and the questions about the others. */
  Dataset dataset(String source, DatasetSettings settings);
}
