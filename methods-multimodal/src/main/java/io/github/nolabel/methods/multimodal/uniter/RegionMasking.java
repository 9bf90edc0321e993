package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * Draws regions to be guessed, at least one per image. A detector's boxes would have to be drawn
 * together with those that overlap them; cells of a grid do not overlap.
 */
record RegionMasking(double probability) {

  /**
   * @param regions float[N, cells, width]
   * @param key see {@link io.github.nolabel.graph.RandomOps#KEY}
   * @return bool[N, cells]
   */
  Value chosen(Ops g, Value regions, Value key) {
    Value cells = g.squeeze(g.slice(regions, 2, 0, 1), 2);
    Value numbers = g.randomIntegers(cells, key, "uniter/regions");
    Value smallest = g.equal(numbers, g.reduceMin(numbers, true, 1));
    return g.or(g.among(numbers, probability), smallest);
  }
}
