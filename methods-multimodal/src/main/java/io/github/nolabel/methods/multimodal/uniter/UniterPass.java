package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.fragment.loss.OptimalTransport;
import io.github.nolabel.fragment.text.TokenMasking;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;
import io.github.nolabel.methods.multimodal.uniter.SingleStream.Encoded;
import java.util.Map;

/**
 * One reading of the batch. The task decides what is hidden or moved before it, so that one stream
 * serves all tasks; every head is asked afterwards, and only the task's own answer means something.
 *
 * @param key see {@link io.github.nolabel.graph.RandomOps#KEY}
 */
record UniterPass(
    Ops g, UniterConfig config, Vocabulary vocabulary, UniterNetwork.Attached network, Value key) {

  /**
   * What came of a task.
   *
   * @param loss float[]
   * @param numbers float[] by the name to report them under
   */
  record Outcome(Value loss, Map<String, Value> numbers) {}

  /**
   * @param own every image's own caption
   * @param features float[N, cells, regionWidth]
   * @param task its number, int64[]
   */
  Map<Task, Outcome> apply(Captions own, Value features, Value task) {
    Captions captions = own.swapped(g, g.and(Task.PAIRS.is(g, task), swaps(own)));
    TokenMasking.Masked words =
        new TokenMasking(vocabulary, config.maskProbability(), true)
            .apply(g, captions.ids(), captions.mask(), key, "uniter/words");
    Value regions = new RegionMasking(config.maskProbability()).chosen(g, features, key);
    Encoded encoded =
        network.stream()
            .apply(
                g.where(Task.WORDS.is(g, task), words.ids(), captions.ids()),
                captions.mask(),
                hidden(features, g.and(Task.REGIONS.is(g, task), regions)));
    return Map.of(
        Task.WORDS, words(encoded, captions.ids(), words.chosen()),
        Task.REGIONS, regions(encoded, g.detach(features), regions),
        Task.PAIRS, pairs(encoded, captions));
  }

  /** Which images get another's caption, bool[N]. */
  private Value swaps(Captions own) {
    Value numbers = g.randomIntegers(g.rowNumbers(own.ids()), key, "uniter/swaps");
    return g.among(numbers, config.itmNegatives());
  }

  /** Zero in place of hidden regions' features; their places stay. */
  private Value hidden(Value features, Value regions) {
    return g.where(g.unsqueeze(regions, 2), g.constant(0), features);
  }

  private Outcome words(Encoded encoded, Value ids, Value chosen) {
    Value logits = network.heads().word().apply(encoded.words());
    Value loss = UniterLosses.words(g, logits, ids, chosen);
    Value accuracy = UniterLosses.wordAccuracy(g, logits, ids, chosen);
    return new Outcome(loss, Map.of("mlm_loss", loss, "mlm_accuracy", accuracy));
  }

  private Outcome regions(Encoded encoded, Value features, Value chosen) {
    Value guess = network.heads().region().apply(encoded.regions());
    Value loss = UniterLosses.regions(g, guess, features, chosen);
    return new Outcome(loss, Map.of("mrm_loss", loss));
  }

  private Outcome pairs(Encoded encoded, Captions captions) {
    Value pair = network.heads().pair(g, encoded);
    Value logits = g.squeeze(network.heads().match().apply(pair), 1);
    Value judged = UniterLosses.pairs(g, logits, captions.matched());
    Value aligned = UniterLosses.alignment(g, distances(encoded, captions), captions.matched());
    Value accuracy = UniterLosses.pairAccuracy(g, logits, captions.matched());
    return new Outcome(
        g.add(judged, g.mul(aligned, config.wraWeight())),
        Map.of("itm_loss", judged, "itm_accuracy", accuracy, "wra_loss", aligned));
  }

  private Value distances(Encoded encoded, Captions captions) {
    Value words = g.cast(captions.mask(), ElementType.FLOAT);
    Value regions = encoded.regions();
    Value everyRegion = g.add(g.zerosLike(g.squeeze(g.slice(regions, 2, 0, 1), 2)), g.constant(1));
    return OptimalTransport.STANDARD.distance(g, encoded.words(), regions, words, everyRegion);
  }
}
