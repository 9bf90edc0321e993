package io.github.nolabel.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaPairRDD;
import scala.Tuple2;

/** Some numbers of a worker's row. */
record Piece(int worker, Row values) implements Serializable {

  /** The row in as many pieces as there are reducers, by the number of the piece. */
  static List<Tuple2<Integer, Piece>> of(int worker, Row row, int count) {
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Row values = row.part(begin(row, i, count), begin(row, i + 1, count));
      pieces.add(new Tuple2<>(i, new Piece(worker, values)));
    }
    return pieces;
  }

  private static int begin(Row row, int piece, int count) {
    return (int) ((long) row.length() * piece / count);
  }

  /** The mean of all workers' rows; each reducer has one piece of them. */
  static float[] mean(JavaPairRDD<Integer, Piece> pieces, int reducers, int length) {
    List<Tuple2<Integer, float[]>> means =
        new ArrayList<>(pieces.groupByKey(reducers).mapValues(Piece::mean).collect());
    means.sort(Comparator.comparing(Tuple2::_1));
    float[] mean = new float[length];
    int at = 0;
    for (Tuple2<Integer, float[]> piece : means) {
      System.arraycopy(piece._2(), 0, mean, at, piece._2().length);
      at += piece._2().length;
    }
    return mean;
  }

  /** The mean over all workers, added up in their order whatever order they arrived in. */
  static float[] mean(Iterable<Piece> arrived) {
    List<Piece> pieces = new ArrayList<>();
    arrived.forEach(pieces::add);
    pieces.sort(Comparator.comparingInt(Piece::worker));
    float[] mean = new float[pieces.get(0).values.length()];
    for (int i = 0; i < mean.length; i++) {
      double sum = 0;
      for (Piece piece : pieces) {
        sum += piece.values.numbers()[i];
      }
      mean[i] = (float) (sum / pieces.size());
    }
    return mean;
  }
}
