package io.github.nolabel.runs.engine;

import io.github.nolabel.runs.watch.Variety;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What the same questions give without any learning; empty maps if nothing is labelled, or nothing
 * has words.
 *
 * @param untrained accuracy by question with the backbone before the first step
 * @param rawPixels accuracy by question with the images themselves as features
 * @param retrieval figures of retrieval with both towers before the first step
 * @param captions figures of {@link Captioning} with the network before the first step
 * @param variety what tells images apart before anything is learnt; empty if no images are read, or
 *     in the record of an earlier version
 */
public record Anchors(
    Map<String, Double> untrained,
    Map<String, Double> rawPixels,
    Map<String, Double> retrieval,
    Map<String, Double> captions,
    Optional<Variety> variety) {

  public Anchors {
    untrained = Collections.unmodifiableMap(new LinkedHashMap<>(untrained));
    rawPixels = Collections.unmodifiableMap(new LinkedHashMap<>(rawPixels));
    retrieval = Collections.unmodifiableMap(new LinkedHashMap<>(retrieval));
    captions = Collections.unmodifiableMap(new LinkedHashMap<>(captions));
  }
}
