package io.github.nolabel.methods.multimodal.uniter;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.graph.Ops;
import io.github.nolabel.graph.Value;

/**
 * The captions of a batch, some of them moved to another image.
 *
 * @param ids int64[N, length]
 * @param mask int64[N, length], 1 for a token and 0 for padding
 * @param matched bool[N]: whether it is the image's own, or equal to it
 */
record Captions(Value ids, Value mask, Value matched) {

  /** Each with its own image. */
  static Captions own(Ops g, Value ids, Value mask) {
    Value rows = g.rowNumbers(ids);
    return new Captions(ids, mask, g.equal(rows, rows));
  }

  /**
   * The same, but where {@code drawn} says so the caption of the next image, the last taking the
   * first's. One that is equal word by word stays matched.
   *
   * @param drawn bool[N]
   */
  Captions swapped(Ops g, Value drawn) {
    Value next = next(g);
    Value others = g.gather(ids, next);
    Value differing = g.less(g.reduceMin(same(g, ids, others), false, 1), g.constant(1));
    Value moved = g.and(drawn, differing);
    Value column = g.unsqueeze(moved, 1);
    return new Captions(
        g.where(column, others, ids), g.where(column, g.gather(mask, next), mask), g.not(moved));
  }

  private Value next(Ops g) {
    Value rows = g.rowNumbers(ids);
    Value count = g.cast(g.elementCount(rows), ElementType.INT64);
    return g.mod(g.add(rows, g.integer(1)), count);
  }

  private static Value same(Ops g, Value a, Value b) {
    return g.cast(g.equal(a, b), ElementType.FLOAT);
  }
}
