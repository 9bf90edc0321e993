package io.github.nolabel.runs.model;

import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.PreparedTexts;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.evaluation.Retrieval;
import io.github.nolabel.text.Tokenizer;
import java.util.Arrays;
import java.util.List;

/** Images that are found by words. The model of the texts stays the caller's. */
public final class TextSearch {

  private final ImageDataset images;
  private final FeatureMatrix features;
  private final Tokenizer tokenizer;
  private final Model text;

  /**
   * Embeds all images.
   *
   * @param image from images to unit vectors; not needed any more afterwards
   * @param text from token ids to unit vectors of the same space
   */
  public TextSearch(
      ImageDataset images,
      Preprocessing preprocessing,
      Model image,
      Tokenizer tokenizer,
      Model text) {
    this.images = images;
    this.features =
        FeatureMatrix.embed(
            Embedder.of(image),
            PreparedImages.of(images, preprocessing).batches(Probes.batchSize(preprocessing)));
    this.tokenizer = tokenizer;
    this.text = text;
  }

  /** An image, and how near it is to the words: a cosine in [-1, 1]. */
  public record Found(int index, String name, List<String> captions, double cosine) {}

  /** The {@code count} images nearest to the words, the nearest first; fewer if there are fewer. */
  public List<Found> find(String words, int count) {
    FeatureMatrix query = PreparedTexts.of(List.of(words), tokenizer, text).features(text, 1);
    return Arrays.stream(Retrieval.best(features, query, 0, Math.min(count, images.size())))
        .mapToObj(
            index ->
                new Found(
                    index,
                    images.name(index),
                    images.captions(index),
                    Retrieval.cosine(features, index, query, 0)))
        .toList();
  }
}
