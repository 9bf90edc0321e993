package io.github.nolabel.runs.engine;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the same questions give without any learning; empty maps if nothing is labelled.
 *
 * @param untrained accuracy by question with the backbone as it was initialised
 * @param rawPixels accuracy by question with the images themselves as features
 */
public record Anchors(Map<String, Double> untrained, Map<String, Double> rawPixels) {

  public Anchors {
    untrained = Collections.unmodifiableMap(new LinkedHashMap<>(untrained));
    rawPixels = Collections.unmodifiableMap(new LinkedHashMap<>(rawPixels));
  }
}
