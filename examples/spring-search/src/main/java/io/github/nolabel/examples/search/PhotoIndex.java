package io.github.nolabel.examples.search;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.inference.ExportedBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The photos of a folder by their features, scaled to length one. */
public final class PhotoIndex {

  private final List<Photo> photos;

  private PhotoIndex(List<Photo> photos) {
    this.photos = photos;
  }

  /** A photo that was found, and the cosine of its features with those looked for. */
  public record Hit(String photo, double score) {}

  private static final class Photo {
    private final String name;
    private final float[] features;

    Photo(String name, float[] features) {
      this.name = name;
      this.features = features;
    }

    Hit hit(float[] query) {
      double cosine = 0;
      for (int i = 0; i < features.length; i++) {
        cosine += (double) features[i] * query[i];
      }
      return new Hit(name, cosine);
    }
  }

  /** Embeds all photos below the folder; those that cannot be read are left out. */
  static PhotoIndex of(ExportedBackbone backbone, Path folder) throws IOException {
    List<Photo> photos = new ArrayList<>();
    for (Path file : files(folder)) {
      try {
        photos.add(new Photo(folder.relativize(file).toString(), unit(backbone.embed(file))));
      } catch (UserMistake unreadable) {
        System.getLogger(PhotoIndex.class.getName())
            .log(System.Logger.Level.WARNING, unreadable.getMessage());
      }
    }
    return new PhotoIndex(List.copyOf(photos));
  }

  /** The photos nearest to features of length one, the best first. */
  List<Hit> nearest(float[] query, int k) {
    return photos.stream()
        .map(photo -> photo.hit(query))
        .sorted(Comparator.comparingDouble(Hit::score).reversed())
        .limit(k)
        .toList();
  }

  /** Scales to length one, in place. */
  static float[] unit(float[] features) {
    double squares = 0;
    for (float feature : features) {
      squares += (double) feature * feature;
    }
    for (int i = 0; squares > 0 && i < features.length; i++) {
      features[i] = (float) (features[i] / Math.sqrt(squares));
    }
    return features;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(
              file ->
                  file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|webp|bmp|gif)"))
          .sorted()
          .toList();
    }
  }
}
