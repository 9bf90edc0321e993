package io.github.nolabel.mechanism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import io.github.nolabel.step.StepGraph;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.StepMachine;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The queue in the runtime against a ring buffer in Java. */
class EmbeddingQueueTest {

  private static final int WIDTH = 2;

  @ParameterizedTest
  @CsvSource({
    "6, 2 2 2 2 2", // divides
    "5, 2 2 2 2 2 2 2", // does not divide, several laps
    "4, 4 4 4", // equal
    "3, 7 8 3 10", // larger than the queue
    "5, 1 9 2 15 4 5 6", // whatever comes
    "1, 1 3 2"
  })
  void equalsARingBuffer(int capacity, String batches) {
    try (StepMachine machine = machine(capacity, false)) {
      Ring ring = new Ring(machine.state("queue/rows"));
      float number = 10;
      for (String batch : batches.split(" ", -1)) {
        Tensor rows = rows(Integer.parseInt(batch), number);
        float[] before = ring.rows.clone();
        Tensor seen =
            Interpreter.require(
                machine.step((int) rows.shape().extent(0), Map.of("x", rows)), "rows");
        assertThat(seen.toFloats()).as("the step reads the old rows").containsExactly(before);
        ring.push(rows.toFloats());
        assertThat(machine.state("queue/rows")).containsExactly(ring.rows);
        assertThat(machine.slot("queue/cursor")).isEqualTo(ring.cursor);
        number += 100;
      }
    }
  }

  /** Two embeddings per image move the cursor by two per image. */
  @Test
  void twoViewsOfAnImageAreTwoRows() {
    try (StepMachine machine = machine(7, true)) {
      Ring ring = new Ring(machine.state("queue/rows"));
      for (int step = 1; step <= 4; step++) {
        Tensor x = rows(3, 10 * step);
        machine.step(3, Map.of("x", x));
        ring.push(x.toFloats());
        ring.push(x.toFloats());
        assertThat(machine.state("queue/rows")).containsExactly(ring.rows);
        assertThat(machine.slot("queue/cursor")).isEqualTo(ring.cursor);
      }
    }
  }

  /** After t of c/b batches the mean of 1 to t, then of 1 to c/b: (c/b + 1) / 2. */
  @ParameterizedTest
  @CsvSource({
    "6, 2, 0 1 1.5 2 2 2",
    "8, 1, 0 1 1.5 2 2.5 3 3.5 4 4.5 4.5",
    "5, 2, 0 1 1.5 1.8 1.8 1.8", // one row of the oldest batch is left: (1 + 1 + 2 + 2 + 3) / 5
    "3, 7, 0 1 1" // nothing is older than the batch before
  })
  void reportsTheMeanAgeOfItsRows(int capacity, int batch, String ages) {
    try (StepMachine machine = machine(capacity, false)) {
      for (String expected : ages.split(" ", -1)) {
        Tensor age = Interpreter.require(machine.step(batch, Map.of("x", rows(batch, 1))), "age");
        assertThat(age.toFloats()[0]).isCloseTo(Float.parseFloat(expected), within(1e-6f));
      }
    }
  }

  @Test
  void startsWithUnitRowsThatDiffer() {
    try (StepMachine machine = machine(8, false)) {
      float[] rows = machine.state("queue/rows");
      for (int row = 0; row < 8; row++) {
        assertThat(Math.hypot(rows[2 * row], rows[2 * row + 1])).isCloseTo(1, within(1e-6));
      }
      assertThat(rows).doesNotHaveDuplicates();
    }
  }

  private static StepMachine machine(int capacity, boolean twice) {
    StepGraph step = new StepGraph(new GraphBuilder(Mode.TRAINING), 1);
    Value x = step.view("x", Shape.batched(WIDTH));
    EmbeddingQueue queue = EmbeddingQueue.of(step, "queue", capacity, WIDTH);
    queue.push(twice ? step.ops("both").concat(0, x, x) : x);
    Value age = Interpreter.require(step.monitors(), "queue_age");
    return new StepMachine(step, Map.of("rows", queue.rows(), "age", age));
  }

  private static Tensor rows(int count, float first) {
    float[] values = new float[count * WIDTH];
    for (int i = 0; i < values.length; i++) {
      values[i] = first + i;
    }
    return Tensor.of(values, count, WIDTH);
  }

  private static final class Ring {

    private final float[] rows;
    private int cursor;

    Ring(float[] rows) {
      this.rows = rows;
    }

    void push(float[] values) {
      for (int i = 0; i < values.length; i += WIDTH) {
        System.arraycopy(values, i, rows, cursor * WIDTH, WIDTH);
        cursor = (cursor + 1) % (rows.length / WIDTH);
      }
    }
  }
}
