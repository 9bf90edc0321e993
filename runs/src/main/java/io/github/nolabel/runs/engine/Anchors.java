package io.github.nolabel.runs.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the same questions give without any learning; empty maps if nothing is labelled, or nothing
 * has words.
 *
 * @param untrained accuracy by question with the backbone as it was initialised
 * @param rawPixels accuracy by question with the images themselves as features
 * @param retrieval figures of retrieval with both towers as they were initialised
 * @param captions figures of {@link Captioning} with the network as it was initialised
 */
public record Anchors(
    Map<String, Double> untrained,
    Map<String, Double> rawPixels,
    Map<String, Double> retrieval,
    Map<String, Double> captions) {

  public Anchors {
    untrained = Collections.unmodifiableMap(new LinkedHashMap<>(untrained));
    rawPixels = Collections.unmodifiableMap(new LinkedHashMap<>(rawPixels));
    retrieval = Collections.unmodifiableMap(new LinkedHashMap<>(retrieval));
    captions = Collections.unmodifiableMap(new LinkedHashMap<>(captions));
  }
}
