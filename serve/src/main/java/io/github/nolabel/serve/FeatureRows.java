package io.github.nolabel.serve;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.data.BrokenImageException;
import io.github.nolabel.data.ImageDataset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A unit vector per image, from the file where it is there, else from the network. What is new is
 * stored now and then, so that a start that is broken off is not lost.
 */
final class FeatureRows {

  /** How many images are in memory, decoded, at a time. */
  private static final int BATCH = 32;

  /** New images between two writes of the file. */
  private static final int WRITE_EVERY = 2048;

  private final ImageDataset images;
  private final Embeddings embeddings;
  private final FeatureFile file;
  private final Consumer<String> notices;
  private final String[] keys;
  private final Map<String, float[]> known;
  private final Map<Integer, String> broken = new LinkedHashMap<>();
  private int made;

  private FeatureRows(
      ImageDataset images, Embeddings embeddings, FeatureFile file, Consumer<String> notices) {
    this.images = images;
    this.embeddings = embeddings;
    this.file = file;
    this.notices = notices;
    this.known = new HashMap<>(file.load());
    this.keys =
        IntStream.range(0, images.size())
            .parallel()
            .mapToObj(i -> ImageKey.of(images, i))
            .toArray(String[]::new);
  }

  /**
   * Embeds what is not known yet and brings the file up to date.
   *
   * @param notices takes lines for the person who waits
   */
  static FeatureRows of(
      ImageDataset images, Embeddings embeddings, FeatureFile file, Consumer<String> notices) {
    FeatureRows rows = new FeatureRows(images, embeddings, file, notices);
    int stored = rows.known.size();
    rows.embedMissing();
    if (rows.made > 0 || rows.current().size() != stored) {
      file.store(rows.current());
    }
    return rows;
  }

  /** How many had to be embedded. */
  int made() {
    return made;
  }

  /** Identifies the image and its content. */
  String key(int image) {
    return keys[image];
  }

  /** The unit vector of an image; null if it is broken. */
  float @Nullable [] row(int image) {
    return known.get(keys[image]);
  }

  /** What is wrong, by image. */
  Map<Integer, String> broken() {
    return broken;
  }

  private void embedMissing() {
    int[] missing =
        IntStream.range(0, images.size()).filter(i -> !known.containsKey(keys[i])).toArray();
    if (missing.length > 0) {
      notices.accept(
          "Embedding %,d of %,d images; the others are known."
              .formatted(missing.length, images.size()));
    }
    for (int first = 0; first < missing.length; first += BATCH) {
      embed(Arrays.copyOfRange(missing, first, Math.min(missing.length, first + BATCH)));
      int done = first + BATCH;
      if (done % WRITE_EVERY == 0 && done < missing.length) {
        notices.accept("%,d of %,d".formatted(done, missing.length));
        file.store(known);
      }
    }
  }

  private void embed(int[] batch) {
    Prepared[] prepared =
        Arrays.stream(batch).parallel().mapToObj(this::prepared).toArray(Prepared[]::new);
    List<Tensor> tensors = new ArrayList<>();
    List<String> names = new ArrayList<>();
    for (Prepared one : prepared) {
      Tensor tensor = one.tensor();
      if (tensor == null) {
        broken.put(one.image(), one.fault());
      } else {
        tensors.add(tensor);
        names.add(keys[one.image()]);
      }
    }
    float[][] rows = embeddings.of(tensors);
    for (int i = 0; i < rows.length; i++) {
      known.put(names.get(i), rows[i]);
    }
    made += rows.length;
  }

  private record Prepared(int image, @Nullable Tensor tensor, String fault) {}

  private Prepared prepared(int image) {
    try {
      return new Prepared(image, embeddings.prepared(images.name(image), images.image(image)), "");
    } catch (BrokenImageException e) {
      return new Prepared(image, null, String.valueOf(e.getMessage()));
    }
  }

  /** Those of the images that there are now, in their order. */
  private Map<String, float[]> current() {
    Map<String, float[]> current = new LinkedHashMap<>();
    for (String key : keys) {
      float[] row = known.get(key);
      if (row != null) {
        current.put(key, row);
      }
    }
    return current;
  }
}
