package io.github.nolabel.evaluation;

import io.github.nolabel.api.Require;

/**
 * Orders the rows of a gallery by their cosine to a query. A cosine that is no number counts as the
 * smallest. Keeps nothing per pair of rows.
 *
 * @param queries of length one
 * @param gallery of length one
 */
record Ranking(FeatureMatrix queries, FeatureMatrix gallery) {

  /** Brings all rows to length one; both must have the same width. */
  static Ranking ofDirections(FeatureMatrix queries, FeatureMatrix gallery) {
    Require.that(
        queries.width() == gallery.width(),
        "Features of %d and of %d numbers cannot be compared."
            .formatted(queries.width(), gallery.width()));
    return new Ranking(queries.unitRows(), gallery.unitRows());
  }

  /** Asks with the gallery among the queries. */
  Ranking reversed() {
    return new Ranking(/* queries= */ gallery, /* gallery= */ queries);
  }

  /**
   * The place, from 1, of the best right row: {@code 1 + |{wrong w : cos(w) >= max cos(right)}|}. A
   * wrong row that is equally near counts as ahead.
   *
   * @param right distinct rows of the gallery, at least one
   */
  int rank(int query, int[] right) {
    float best = Float.NEGATIVE_INFINITY;
    for (int row : right) {
      best = Math.max(best, cosine(query, row));
    }
    int rank = 1;
    for (int row = 0; row < gallery.rows(); row++) {
      rank += cosine(query, row) >= best ? 1 : 0;
    }
    for (int row : right) {
      rank -= cosine(query, row) >= best ? 1 : 0;
    }
    return rank;
  }

  /** The {@code k} nearest rows, nearest first; equally near ones in the gallery's order. */
  int[] best(int query, int k) {
    float[] cosines = new float[gallery.rows()];
    for (int row = 0; row < cosines.length; row++) {
      cosines[row] = cosine(query, row);
    }
    return Largest.of(cosines, k).toArray();
  }

  private float cosine(int query, int row) {
    float cosine = queries.dot(query, gallery, row);
    return Float.isNaN(cosine) ? Float.NEGATIVE_INFINITY : cosine;
  }
}
