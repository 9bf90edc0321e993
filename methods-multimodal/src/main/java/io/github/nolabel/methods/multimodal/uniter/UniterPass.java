package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.fragment.loss.OptimalTransport;
import io.github.nolabel.fragment.text.TokenMasking;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.uniter.SingleStream.Encoded;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * One reading of the batch. The task decides what is hidden or moved before it, so that one stream
 * serves all tasks; every head is asked afterwards, and only the task's own answer means something.
 *
 * @param classes what the detector took regions for, if that is to be guessed
 * @param key see {@link io.github.nolabel.graph.RandomOps#KEY}
 */
record UniterPass(
    Ops g,
    UniterConfig config,
    Vocabulary vocabulary,
    UniterNetwork.Attached network,
    UniterHeads heads,
    Optional<RegionClasses> classes,
    Value key) {

  /**
   * What came of a task.
   *
   * @param loss float[]
   * @param numbers float[] by the name to report them under
   */
  record Outcome(Value loss, Map<String, Value> numbers) {}

  /**
   * @param own every image's own caption
   * @param task its number, int64[]
   */
  Map<Task, Outcome> apply(Captions own, Regions regions, Value task) {
    Captions captions = own.swapped(g, g.and(Task.PAIRS.is(g, task), swaps(own)));
    TokenMasking.Masked words =
        new TokenMasking(vocabulary, config.maskProbability(), true)
            .apply(g, captions.ids(), captions.mask(), key, "uniter/words");
    RegionMasking.Masked masked = config.regionMasking().apply(g, regions, key);
    Encoded encoded =
        network.stream()
            .apply(
                g.where(Task.WORDS.is(g, task), words.ids(), captions.ids()),
                captions.mask(),
                hidden(regions, g.and(hidesRegions(task), masked.hidden())));
    Map<Task, Outcome> outcomes = new EnumMap<>(Task.class);
    outcomes.put(Task.WORDS, words(encoded, captions.ids(), words.chosen()));
    outcomes.put(Task.REGIONS, regions(encoded, g.detach(regions.features()), masked.chosen()));
    outcomes.put(Task.PAIRS, pairs(encoded, captions, regions.mask()));
    classes.ifPresent(
        it -> outcomes.put(Task.CLASSES, it.guessed(g, encoded.regions(), masked.chosen())));
    return outcomes;
  }

  private Value hidesRegions(Value task) {
    Value features = Task.REGIONS.is(g, task);
    return classes.isEmpty() ? features : g.or(features, Task.CLASSES.is(g, task));
  }

  /** Which images get another's caption, bool[N]. */
  private Value swaps(Captions own) {
    Value numbers = g.randomIntegers(g.rowNumbers(own.ids()), key, "uniter/swaps");
    return g.among(numbers, config.itmNegatives());
  }

  /** What is learnt in place of hidden regions' features; their places stay. */
  private Regions hidden(Regions regions, Value hidden) {
    return regions.with(g.where(g.unsqueeze(hidden, 2), heads.hidden(), regions.features()));
  }

  private Outcome words(Encoded encoded, Value ids, Value chosen) {
    Value logits = heads.word().apply(encoded.words());
    Value loss = UniterLosses.words(g, logits, ids, chosen);
    Value accuracy = UniterLosses.wordAccuracy(g, logits, ids, chosen);
    return new Outcome(loss, Map.of("mlm_loss", loss, "mlm_accuracy", accuracy));
  }

  private Outcome regions(Encoded encoded, Value features, Value chosen) {
    Value guess = heads.region().apply(encoded.regions());
    Value loss = UniterLosses.regions(g, guess, features, chosen);
    return new Outcome(loss, Map.of("mrm_loss", loss));
  }

  private Outcome pairs(Encoded encoded, Captions captions, Value regions) {
    Value pair = network.pair(g, encoded);
    Value logits = g.squeeze(heads.match().apply(pair), 1);
    Value judged = UniterLosses.pairs(g, logits, captions.matched());
    Value distances = distances(encoded, captions.mask(), regions);
    Value aligned = UniterLosses.alignment(g, distances, captions.matched());
    Value accuracy = UniterLosses.pairAccuracy(g, logits, captions.matched());
    return new Outcome(
        g.add(judged, g.mul(aligned, config.wraWeight())),
        Map.of("itm_loss", judged, "itm_accuracy", accuracy, "wra_loss", aligned));
  }

  /** What it costs to carry words to regions, float[N]; of both a mask, int64, 1 and 0. */
  private Value distances(Encoded encoded, Value words, Value regions) {
    return OptimalTransport.STANDARD.distance(
        g,
        encoded.words(),
        encoded.regions(),
        g.cast(words, ElementType.FLOAT),
        g.cast(regions, ElementType.FLOAT));
  }
}
