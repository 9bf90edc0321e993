package io.github.nolabel.data.feature;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.FrozenFeatures;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.evaluation.Probes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Features of training images that are computed once and found again by any later run with the same
 * network, images and plain view.
 *
 * @param folder of the cache
 * @param notices told what is computed or read, where, and what was wrong with a file
 */
public record FeatureCache(
    Path folder, TrainingRuntime runtime, DeviceSettings device, Consumer<String> notices) {

  /**
   * Those of every training image, in order, by the names of the inputs. A file that is damaged or
   * of another data set is computed anew.
   *
   * @throws UserMistake if the network cannot be run, no image can be read or the folder cannot be
   *     written
   */
  public Map<String, KeptFeatures> of(Dataset data, List<FrozenFeatures> wanted) {
    return wanted.stream()
        .collect(Collectors.toMap(some -> some.input().name(), some -> of(data, some)));
  }

  private KeptFeatures of(Dataset data, FrozenFeatures wanted) {
    OnnxModel network = wanted.network().get();
    Path path = folder.resolve("features-%s.bin".formatted(key(data, wanted.view(), network)));
    FeatureFile file = new FeatureFile(path, data.training().size(), wanted.input().width());
    return kept(file).orElseGet(() -> computed(file, network, data, wanted.view()));
  }

  private static String key(Dataset data, Preprocessing view, OnnxModel network) {
    return new Fingerprint()
        .add(network.bytes())
        .add(data.fingerprint())
        .add(data.training().size())
        .add(view.toString())
        .hex()
        .substring(0, 24);
  }

  private Optional<KeptFeatures> kept(FeatureFile file) {
    if (!Files.isRegularFile(file.path())) {
      return Optional.empty();
    }
    try {
      KeptFeatures features = file.read();
      notices.accept(
          "The teacher's features of %,d images were computed before: %s."
              .formatted(file.rows(), file.path()));
      return Optional.of(features);
    } catch (IOException damaged) {
      notices.accept(
          "%s %s: the features are computed anew.".formatted(file.path(), damaged.getMessage()));
      return Optional.empty();
    }
  }

  private KeptFeatures computed(
      FeatureFile file, OnnxModel network, Dataset data, Preprocessing view) {
    notices.accept(
        "The teacher's features of %,d images are computed once and kept in %s."
            .formatted(file.rows(), file.path()));
    Iterable<Tensor> images =
        PreparedImages.of(data.training(), view, "training images").batches(Probes.batchSize(view));
    try (Embedder embedder = runtime.embedder(network, device)) {
      Progress progress = new Progress(file.rows(), notices);
      file.write(() -> features(embedder, images.iterator(), progress));
      return file.read();
    } catch (IOException e) {
      throw new UserMistake(
          "The cache folder '%s' cannot be written: %s. Set NOLABEL_CACHE to a folder that can."
              .formatted(folder, e.getMessage()),
          e);
    }
  }

  private static Iterator<Tensor> features(
      Embedder embedder, Iterator<Tensor> images, Progress progress) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return images.hasNext();
      }

      @Override
      public Tensor next() {
        Tensor features = embedder.embed(images.next());
        progress.add(features.shape().extent(0));
        return features;
      }
    };
  }
}
