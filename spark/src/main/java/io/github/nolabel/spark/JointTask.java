package io.github.nolabel.spark;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.joint.JointStart;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import scala.Tuple2;

/**
 * Where all workers begin an update of a joint batch.
 *
 * @param step updates done
 * @param state what the networks read, in one row
 * @param scalars that controllers feed
 */
record JointTask(long step, Row state, LinkedHashMap<String, Double> scalars)
    implements Serializable {

  static JointTask of(JointStart start, JointLayout layout) {
    Row state = new Row(layout.read().row(start.state()));
    return new JointTask(start.step(), state, new LinkedHashMap<>(start.scalars()));
  }

  JointStart start(JointLayout layout) {
    return new JointStart(step, layout.read().tensors(state.numbers()), scalars);
  }

  /**
   * What one worker found of its rows.
   *
   * @param batches values at the cut, a batch after the other
   * @param secondsWaited for their images
   */
  record Embedded(int worker, ArrayList<SentTensors> batches, double secondsWaited)
      implements Serializable {

    static Embedded of(int worker, List<Map<String, Tensor>> batches, double secondsWaited) {
      ArrayList<SentTensors> sent = new ArrayList<>();
      batches.forEach(batch -> sent.add(SentTensors.of(batch)));
      return new Embedded(worker, sent, secondsWaited);
    }
  }

  /**
   * What one worker's backward pass has moved.
   *
   * @param moved sums of gradients and statistics, in one row
   */
  record Gradient(int worker, Row moved) implements Serializable {

    List<Tuple2<Integer, Piece>> pieces(int count) {
      return Piece.of(worker, moved, count);
    }
  }
}
