package io.github.nolabel.data;

/**
 * Images that all have a label: some to learn classes from, others, which no training has seen, to
 * test on. Start at {@link io.github.nolabel.data.load.LabelledSet#task}.
 */
public record LabelledSplit(ImageDataset training, ImageDataset test) {

  LabelledSplit strict() {
    return new LabelledSplit(new StrictImages(training), new StrictImages(test));
  }
}
