package io.github.nolabel.spark;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;

/**
 * Where one worker stands at the end of a round.
 *
 * @param averaged its values of what all share, in one row; empty if it diverged
 * @param reports of its updates, in order
 * @param diverged in which step, and what to tell people, if the loss left the finite numbers
 */
record WorkerResult(
    LocalState local, Row averaged, ArrayList<WorkerReport> reports, @Nullable Divergence diverged)
    implements Serializable {

  /** The row in as many pieces as there are reducers, by the number of the piece. */
  List<Tuple2<Integer, Piece>> pieces(int count) {
    List<Tuple2<Integer, Piece>> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Row values = averaged.part(begin(i, count), begin(i + 1, count));
      pieces.add(new Tuple2<>(i, new Piece(local.worker(), values)));
    }
    return pieces;
  }

  /** All but the row, which reducers have. */
  WorkerResult light() {
    return new WorkerResult(local, Row.EMPTY, reports, diverged);
  }

  private int begin(int piece, int count) {
    return (int) ((long) averaged.length() * piece / count);
  }

  /** A loss or a gradient that is not finite. */
  record Divergence(long step, String message) implements Serializable {}

  /** Some numbers of a worker. */
  record Piece(int worker, Row values) implements Serializable {

    /** The mean over all workers, added up in their order whatever order they arrived in. */
    static float[] mean(Iterable<Piece> arrived) {
      List<Piece> pieces = new ArrayList<>();
      arrived.forEach(pieces::add);
      pieces.sort(java.util.Comparator.comparingInt(Piece::worker));
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
}
