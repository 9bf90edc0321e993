package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.RandomOps;
import io.github.nolabel.graph.Value;

/**
 * Draws regions to be guessed, at least one per image, and hides their neighbours too: a detector's
 * boxes lie on top of each other, so that what is hidden could be read off the next. UNITER's paper
 * hides no neighbours; Lu et al. 2020 (arXiv 1912.02315) do, above an overlap of 0.4. Ours is that
 * a neighbour that was not drawn itself is not to be guessed, which leaves the share of guesses as
 * asked for.
 *
 * @param overlap intersection over union of two boxes above which they are neighbours
 */
record RegionMasking(double probability, double overlap) {

  /** No two boxes overlap more. */
  static final double NONE = 1;

  /**
   * Regions, padding never among them.
   *
   * @param chosen bool[N, K]: to be guessed
   * @param hidden bool[N, K]: chosen, or a neighbour of one that is
   */
  record Masked(Value chosen, Value hidden) {}

  /**
   * @param key see {@link RandomOps#KEY}
   */
  Masked apply(Ops g, Regions regions, Value key) {
    Value chosen = chosen(g, regions.mask(), key);
    return new Masked(
        chosen, overlap < NONE ? g.or(chosen, beside(g, regions.places(), chosen)) : chosen);
  }

  private Value chosen(Ops g, Value mask, Value key) {
    Value numbers = g.randomIntegers(mask, key, "uniter/regions");
    Value present = g.greater(mask, g.integer(0));
    Value ofPresent = g.where(present, numbers, g.integer(RandomOps.PRIME));
    Value smallest = g.equal(ofPresent, g.reduceMin(ofPresent, true, 1));
    return g.and(present, g.or(g.among(numbers, probability), smallest));
  }

  /** Which regions have a neighbour that is chosen, bool[N, K]. */
  private Value beside(Ops g, Value places, Value chosen) {
    Value both = g.and(neighbours(g, places), g.unsqueeze(chosen, 1));
    return g.greater(g.reduceMax(g.cast(both, ElementType.FLOAT), false, 2), g.constant(0));
  }

  /**
   * {@code |A and B| > overlap |A or B|} for every two, bool[N, K, K]; never of padding, which has
   * no area.
   */
  Value neighbours(Ops g, Value places) {
    Value common = g.mul(common(g, places, 0), common(g, places, 1));
    Value area = g.slice(places, 2, 6, 7);
    Value either = g.sub(g.add(area, g.transposeMatrix(area)), common);
    return g.greater(common, g.mul(either, overlap));
  }

  /** The length that every two have in common along an axis: 0 is x, 1 is y. */
  private static Value common(Ops g, Value places, int axis) {
    Value start = g.slice(places, 2, axis, axis + 1);
    Value end = g.slice(places, 2, axis + 2, axis + 3);
    Value first = g.max(start, g.transposeMatrix(start));
    Value last = g.min(end, g.transposeMatrix(end));
    return g.max(g.sub(last, first), g.constant(0));
  }
}
