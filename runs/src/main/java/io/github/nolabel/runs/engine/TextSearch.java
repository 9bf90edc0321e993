package io.github.nolabel.runs.engine;

import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.evaluation.Retrieval;
import java.util.Arrays;
import java.util.List;

/** Images that are found by words. The towers stay the caller's. */
public final class TextSearch {

  private final ImageDataset images;
  private final FeatureMatrix features;
  private final Towers towers;

  /** Embeds all images. */
  public TextSearch(ImageDataset images, Towers towers) {
    this.images = images;
    this.features = towers.images(images);
    this.towers = towers;
  }

  /** An image, and how near it is to the words: a cosine in [-1, 1]. */
  public record Found(int index, String name, List<String> captions, double cosine) {}

  /** The {@code count} images nearest to the words, the nearest first; fewer if there are fewer. */
  public List<Found> find(String words, int count) {
    FeatureMatrix query = towers.texts(List.of(words));
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
