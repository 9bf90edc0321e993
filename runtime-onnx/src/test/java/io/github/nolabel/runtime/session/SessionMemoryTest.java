package io.github.nolabel.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Batch;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.train.Sharing;
import io.github.nolabel.api.train.StateTensor;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.runtime.ToyBatches;
import io.github.nolabel.runtime.ToyProgram;
import io.github.nolabel.runtime.checkpoint.StateFile;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.kernels.KernelChoice;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionMemoryTest {

  private static final DeviceChoice CPU = new DeviceChoice(false, 1);
  private static final Map<String, Double> UPDATE =
      Map.of(TrainingProgram.LEARNING_RATE, 0.05, TrainingProgram.APPLY, 1.0);

  @Test
  void largerBatchesAllocateNoMoreOnTheHeap() {
    long small = heapBytesPerStep(8);
    long large = heapBytesPerStep(8192);
    assertThat(large).as("against %d bytes for small batches", small).isLessThan(small + 2048);
  }

  private long heapBytesPerStep(int batchSize) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (TrainingSessionExecutor session = open(ToyProgram.program(batchSize, 1))) {
      Batch batch = new ToyBatches(batchSize, 5).from(0).next();
      for (int i = 0; i < 50; i++) {
        session.step(batch, UPDATE);
      }
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < 100; i++) {
        session.step(batch, UPDATE);
      }
      return (threads.getCurrentThreadAllocatedBytes() - before) / 100;
    }
  }

  @Test
  void hundredsOfStepsAndEvaluationsHoldNoMoreMemory() {
    try (TrainingSessionExecutor session = open(ToyProgram.program(8192, 1));
        BatchStream stream = new ToyBatches(8192, 5).from(0)) {
      Tensor pixels = Tensor.zeros(ElementType.FLOAT, 8192, 4);
      exercise(session, stream, pixels, 50);
      long before = settledBytes();
      exercise(session, stream, pixels, 400);
      // Losing the batch would cost 400 x 160 KB, the images 400 x 128 KB.
      assertThat(settledBytes() - before).isLessThan(24 << 20);
    }
  }

  @Test
  void everyNativeViewIsFreed() {
    OrtLibrary library = OrtLibrary.load();
    long before = library.liveViews();
    TrainingSessionExecutor session = open(ToyProgram.program(8, 1));
    BatchStream stream = new ToyBatches(8, 5).from(0);
    Tensor pixels = Tensor.zeros(ElementType.FLOAT, 8, 4);
    exercise(session, stream, pixels, 10);
    long steady = library.liveViews();
    exercise(session, stream, pixels, 300);
    assertThat(library.liveViews()).isEqualTo(steady).isGreaterThan(before);
    session.close();
    assertThat(library.liveViews()).isEqualTo(before);
  }

  private static void exercise(
      TrainingSessionExecutor session, BatchStream stream, Tensor pixels, int count) {
    for (int i = 0; i < count; i++) {
      session.step(stream.next(), UPDATE);
      Map<String, Tensor> features =
          session.evaluate(TrainingProgram.FEATURES, Map.of(TrainingProgram.IMAGES, pixels));
      assertThat(features.values()).allMatch(f -> f.shape().extent(1) == 1);
    }
  }

  @Test
  void aClosedSessionGivesItsMemoryBack() {
    TrainingProgram toy = ToyProgram.program(8, 1);
    List<StateTensor> state = new ArrayList<>(toy.state());
    state.add(
        new StateTensor(
            "ballast", false, Sharing.AVERAGED, Tensor.zeros(ElementType.FLOAT, 1 << 20)));
    TrainingProgram heavy = new TrainingProgram(toy.training(), toy.evaluation(), state);
    for (int i = 0; i < 4; i++) {
      openAndClose(heavy);
    }
    long before = settledBytes();
    for (int i = 0; i < 16; i++) {
      openAndClose(heavy);
    }
    // 16 lost sessions would hold 64 MiB of ballast.
    assertThat(settledBytes() - before).isLessThan(24 << 20);
  }

  /** Collects at once: freed in a heap, the allocator would keep what was alive together. */
  private static void openAndClose(TrainingProgram program) {
    open(program).close();
    System.gc();
    pause();
  }

  /** What is left once nothing more is freed: cleaners run when a busy machine lets them. */
  private static long settledBytes() {
    long least = Long.MAX_VALUE;
    for (int quiet = 0; quiet < 5; quiet++) {
      System.gc();
      System.runFinalization();
      pause();
      long now = OrtLibrary.processBytes();
      quiet = now < least - (1 << 20) ? 0 : quiet;
      least = Math.min(least, now);
    }
    return least;
  }

  private static void pause() {
    try {
      Thread.sleep(50);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static TrainingSessionExecutor open(TrainingProgram program) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    program.state().forEach(tensor -> state.put(tensor.name(), tensor.initial()));
    return new TrainingSessionExecutor(
        OrtLibrary.load(), program, StateFile.write(state), CPU, KernelChoice.NONE);
  }
}
