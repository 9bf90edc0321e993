package io.github.nolabel.inference;

import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.export.PreprocessingMetadata;
import io.github.nolabel.api.view.Preprocessing;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one must know to use an exported backbone, and where it comes from.
 *
 * @param provenance texts by name, such as {@code method} and {@code step}
 */
public record ModelCard(Preprocessing preprocessing, Map<String, String> provenance) {

  private static final String PREFIX = "nolabel.";

  public ModelCard {
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** The provenance as entries of an ONNX file; the exporter adds the preprocessing. */
  public Map<String, String> metadata() {
    Map<String, String> entries = new LinkedHashMap<>();
    provenance.forEach((name, value) -> entries.put(PREFIX + name, value));
    return entries;
  }

  /**
   * The card that an exported file carries.
   *
   * @param file to name in messages
   * @throws UserMistake if the preprocessing is missing or unreadable
   */
  public static ModelCard of(Map<String, String> metadata, Path file) {
    try {
      return new ModelCard(PreprocessingMetadata.read(metadata), provenance(metadata));
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "%s does not say how images are prepared for it (%s); export it with Nolabel."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * As an object for the file beside the model.
   *
   * @param featureWidth extent of axis 1 of the output
   */
  public Map<String, Object> described(long featureWidth) {
    int size = preprocessing.size();
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("input", Map.of("images", "float[N, 3, %d, %d], RGB".formatted(size, size)));
    card.put("output", Map.of("features", "float[N, %d]".formatted(featureWidth)));
    card.put("featureWidth", featureWidth);
    card.putAll(described());
    return card;
  }

  /** The same for a model that reads or gives something else. */
  public Map<String, Object> described(List<TensorSpec> inputs, List<TensorSpec> outputs) {
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("input", described(inputs));
    card.put("output", described(outputs));
    card.putAll(described());
    return card;
  }

  private static Map<String, String> described(List<TensorSpec> tensors) {
    Map<String, String> described = new LinkedHashMap<>();
    for (TensorSpec tensor : tensors) {
      String type = tensor.type().name().toLowerCase(Locale.ROOT);
      described.put(tensor.name(), type + tensor.shape());
    }
    return described;
  }

  private Map<String, Object> described() {
    int size = preprocessing.size();
    Map<String, Object> prepared = new LinkedHashMap<>();
    prepared.put("size", size);
    prepared.put("cropShare", preprocessing.cropShare());
    prepared.put("resizeShorterSideTo", Math.round(size / preprocessing.cropShare()));
    prepared.put("interpolation", PreprocessingMetadata.INTERPOLATION);
    prepared.put("mean", preprocessing.normalisation().mean());
    prepared.put("std", preprocessing.normalisation().std());
    prepared.put("channelOrder", "RGB");
    prepared.put("layout", "NCHW");
    prepared.put("valueRange", List.of(0, 1));
    prepared.put("steps", PreprocessingMetadata.steps(preprocessing));
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("preprocessing", prepared);
    card.put("provenance", provenance);
    return card;
  }

  private static Map<String, String> provenance(Map<String, String> metadata) {
    Map<String, String> provenance = new LinkedHashMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX) && !key.startsWith(PreprocessingMetadata.PREFIX)) {
            provenance.put(key.substring(PREFIX.length()), value);
          }
        });
    return provenance;
  }
}
