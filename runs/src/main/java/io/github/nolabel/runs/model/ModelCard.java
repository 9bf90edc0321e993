package io.github.nolabel.runs.model;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What one must know to use an exported backbone, and where it comes from.
 *
 * @param provenance texts by name, such as {@code method} and {@code step}
 */
public record ModelCard(Preprocessing preprocessing, Map<String, String> provenance) {

  private static final String PREFIX = "nolabel.";
  private static final String PREPROCESSING = PREFIX + "preprocessing.";
  private static final String INTERPOLATION = "bilinear, antialiased";

  public ModelCard {
    provenance = Collections.unmodifiableMap(new LinkedHashMap<>(provenance));
  }

  /** As entries of an ONNX file. */
  public Map<String, String> metadata() {
    Map<String, String> entries = new LinkedHashMap<>();
    entries.put(PREPROCESSING + "size", Integer.toString(preprocessing.size()));
    entries.put(PREPROCESSING + "cropShare", Double.toString(preprocessing.cropShare()));
    entries.put(PREPROCESSING + "mean", written(preprocessing.normalisation().mean()));
    entries.put(PREPROCESSING + "std", written(preprocessing.normalisation().std()));
    entries.put(PREPROCESSING + "interpolation", INTERPOLATION);
    provenance.forEach((name, value) -> entries.put(PREFIX + name, value));
    return entries;
  }

  /**
   * The card that {@link #metadata()} wrote.
   *
   * @param file to name in messages
   * @throws UserMistake if the preprocessing is missing or unreadable
   */
  static ModelCard of(Map<String, String> metadata, Path file) {
    try {
      Preprocessing preprocessing =
          new Preprocessing(
              Integer.parseInt(entry(metadata, "size")),
              Double.parseDouble(entry(metadata, "cropShare")),
              new Normalisation(numbers(entry(metadata, "mean")), numbers(entry(metadata, "std"))));
      return new ModelCard(preprocessing, provenance(metadata));
    } catch (IllegalArgumentException e) {
      throw new UserMistake(
          "%s does not say how images are prepared for it (%s); export it with 'nolabel export'."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * As an object for the file beside the model.
   *
   * @param featureWidth extent of axis 1 of the output
   */
  Map<String, Object> described(long featureWidth) {
    int size = preprocessing.size();
    Map<String, Object> prepared = new LinkedHashMap<>();
    prepared.put("size", size);
    prepared.put("cropShare", preprocessing.cropShare());
    prepared.put("resizeShorterSideTo", Math.round(size / preprocessing.cropShare()));
    prepared.put("interpolation", INTERPOLATION);
    prepared.put("mean", preprocessing.normalisation().mean());
    prepared.put("std", preprocessing.normalisation().std());
    Map<String, Object> card = new LinkedHashMap<>();
    card.put("input", Map.of("images", "float[N, 3, %d, %d], RGB".formatted(size, size)));
    card.put("output", Map.of("features", "float[N, %d]".formatted(featureWidth)));
    card.put("featureWidth", featureWidth);
    card.put("preprocessing", prepared);
    card.put("provenance", provenance);
    return card;
  }

  private static Map<String, String> provenance(Map<String, String> metadata) {
    Map<String, String> provenance = new LinkedHashMap<>();
    metadata.forEach(
        (key, value) -> {
          if (key.startsWith(PREFIX) && !key.startsWith(PREPROCESSING)) {
            provenance.put(key.substring(PREFIX.length()), value);
          }
        });
    return provenance;
  }

  private static String entry(Map<String, String> metadata, String name) {
    String value = metadata.get(PREPROCESSING + name);
    if (value == null) {
      throw new IllegalArgumentException("no metadata '" + PREPROCESSING + name + "'");
    }
    return value;
  }

  private static String written(List<Double> numbers) {
    return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static List<Double> numbers(String text) {
    return Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList();
  }
}
