package io.github.nolabel.serve;

import java.util.List;

/** Finds the rows with the highest cosine. Safe for many threads. */
interface Neighbours {

  /** A row, and its cosine with what was looked for. */
  record Near(int row, double cosine) {}

  /** The nearest first; of equals the earlier row. */
  List<Near> nearest(float[] query, int k);

  /** Whether no row can be missed. */
  boolean exact();
}
