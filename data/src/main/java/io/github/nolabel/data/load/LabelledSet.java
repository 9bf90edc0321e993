package io.github.nolabel.data.load;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.HeldOut;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.JoinedImages;
import io.github.nolabel.data.LabelledSplit;
import io.github.nolabel.data.Stratified;
import io.github.nolabel.evaluation.ClassificationTask;
import io.github.nolabel.evaluation.LabelledImages;
import io.github.nolabel.evaluation.NeighbourQuestion;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Images of a data set that all have labels. One that cannot be read is replaced by another of its
 * class where images come in index order, by its next with that one's label in training batches.
 */
public final class LabelledSet implements LabelledImages {

  private final ImageDataset images;
  private final int workers;
  private final List<Integer> labels;

  private LabelledSet(ImageDataset images, int workers) {
    this.images = images;
    this.workers = workers;
    this.labels =
        IntStream.range(0, images.size()).mapToObj(i -> images.label(i).orElseThrow()).toList();
  }

  /**
   * Images for evaluation protocols that train a classifier.
   *
   * @param workers threads that decode and render training batches; has no influence on them
   */
  public static ClassificationTask task(LabelledSplit split, int workers) {
    return new ClassificationTask(
        new LabelledSet(split.training(), workers), new LabelledSet(split.test(), workers));
  }

  @Override
  public int size() {
    return images.size();
  }

  @Override
  public List<String> classes() {
    return images.labelNames();
  }

  @Override
  public List<Integer> labels() {
    return labels;
  }

  @Override
  public LabelledImages share(double fraction, long seed) {
    int[] classOf = labels.stream().mapToInt(Integer::intValue).toArray();
    return new LabelledSet(
        JoinedImages.choose(images, Stratified.share(classOf, fraction, seed)), workers);
  }

  @Override
  public Iterable<Tensor> plain(Preprocessing preprocessing, int batchSize) {
    return heldOut().preprocessed(preprocessing).batches(batchSize);
  }

  @Override
  public Iterable<Tensor> augmented(InputPlan plan, long seed, long epoch, int batchSize) {
    return heldOut().augmented(plan, seed, epoch).batches(batchSize);
  }

  @Override
  public BatchSource batches(InputPlan plan, int batchSize, long seed) {
    return new BatchLoader(images, plan, new LoaderSettings(batchSize, seed, workers, false));
  }

  private HeldOut heldOut() {
    return new HeldOut(images, List.of(new NeighbourQuestion("class", labels, 1)), List.of());
  }
}
