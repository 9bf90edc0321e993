package io.github.nolabel.data.load;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.BatchSource;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.feature.KeptFeatures;
import io.github.nolabel.text.Tokenizer;
import java.util.List;
import java.util.Map;

/**
 * Batches of augmented views. Every batch is a function of the images, the plan, the batch size,
 * the seed and its index: the number of workers and the place where a stream starts change nothing.
 * Each epoch visits the images in another order; the incomplete last batch is left out.
 */
public final class BatchLoader implements BatchSource {

  private final BatchRecipe recipe;
  private final int workers;

  /**
   * @throws UserMistake if a batch holds more images than there are, or the plan wants something of
   *     the samples that images do not have
   */
  public BatchLoader(ImageDataset images, InputPlan plan, LoaderSettings settings) {
    this(images, plan, settings, Map.of());
  }

  /**
   * The same with texts.
   *
   * @param tokenizers by the names under which the plan's texts ask for them
   * @throws UserMistake if one is missing, or an image without a caption is among the images
   */
  public BatchLoader(
      ImageDataset images,
      InputPlan plan,
      LoaderSettings settings,
      Map<String, Tokenizer> tokenizers) {
    this(images, plan, settings, tokenizers, Map.of());
  }

  /**
   * The same with numbers that are known of every image.
   *
   * @param features by the names of the plan's numbers
   * @throws UserMistake if some are missing, or those of other images
   */
  public BatchLoader(
      ImageDataset images,
      InputPlan plan,
      LoaderSettings settings,
      Map<String, Tokenizer> tokenizers,
      Map<String, KeptFeatures> features) {
    this(images, plan, settings, tokenizers, features, Share.WHOLE);
  }

  /**
   * One worker's rows of the same batches.
   *
   * @param settings with the size of the whole batch
   * @throws UserMistake if that cannot be divided evenly
   */
  public BatchLoader(
      ImageDataset images,
      InputPlan plan,
      LoaderSettings settings,
      Map<String, Tokenizer> tokenizers,
      Map<String, KeptFeatures> features,
      Share share) {
    if (settings.batchSize() > images.size()) {
      throw new UserMistake(
          "A batch of %d is larger than the %d training images: choose a smaller batch size or more"
                  .formatted(settings.batchSize(), images.size())
              + " images.");
    }
    this.recipe = new BatchRecipe(images, plan, settings, tokenizers, features, share);
    this.workers = settings.workers();
  }

  @Override
  public long batchesPerEpoch() {
    return recipe.batchesPerEpoch();
  }

  @Override
  public BatchStream from(long firstBatch) {
    return PrefetchedBatches.start(recipe, firstBatch, workers);
  }

  /** How many different images had more regions than the plan reads; the last were left out. */
  public long shortened() {
    return recipe.shortened();
  }

  /** How many different images turned out broken so far and were replaced by their next. */
  public long skipped() {
    return recipe.faults().size();
  }

  /** What is wrong with each of them. */
  public List<String> faults() {
    return List.copyOf(recipe.faults());
  }
}
