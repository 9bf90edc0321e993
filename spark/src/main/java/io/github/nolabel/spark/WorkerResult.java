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
    return Piece.of(local.worker(), averaged, count);
  }

  /** All but the row, which reducers have. */
  WorkerResult light() {
    return new WorkerResult(local, Row.EMPTY, reports, diverged);
  }

  /** A loss or a gradient that is not finite. */
  record Divergence(long step, String message) implements Serializable {}
}
