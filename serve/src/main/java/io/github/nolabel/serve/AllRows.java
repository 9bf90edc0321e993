package io.github.nolabel.serve;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Compares the query with every row. */
final class AllRows implements Neighbours {

  private static final Comparator<Near> WORST_FIRST =
      Comparator.comparingDouble(Near::cosine).thenComparing(Near::row, Comparator.reverseOrder());

  private final List<float[]> rows;

  AllRows(List<float[]> rows) {
    this.rows = rows;
  }

  @Override
  public List<Near> nearest(float[] query, int k) {
    PriorityQueue<Near> best = new PriorityQueue<>(WORST_FIRST);
    for (int row = 0; row < rows.size(); row++) {
      best.add(new Near(row, Embeddings.dot(rows.get(row), query)));
      if (best.size() > k) {
        best.remove();
      }
    }
    List<Near> found = new ArrayList<>(best);
    found.sort(WORST_FIRST.reversed());
    return found;
  }

  @Override
  public boolean exact() {
    return true;
  }
}
