package io.github.nolabel.runtime.kernels.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class KernelMemoryTest {

  @Test
  void nobodySharesASeat() {
    int threads = 4;
    AtomicIntegerArray sitting = new AtomicIntegerArray(threads);
    try (KernelMemory memory = new KernelMemory();
        Crew crew = new Crew(threads)) {
      crew.run(
          100_000,
          turn ->
              memory.lend(
                  seat -> {
                    assertThat(sitting.incrementAndGet(seat.number())).isEqualTo(1);
                    sitting.decrementAndGet(seat.number());
                  }));
    }
  }

  @Test
  void whoWorksAloneHasTheFirstSeat() {
    try (KernelMemory memory = new KernelMemory()) {
      for (int loop = 0; loop < 3; loop++) {
        memory.lend(
            first -> {
              assertThat(first.number()).isZero();
              memory.lend(second -> assertThat(second.number()).isOne());
            });
      }
    }
  }

  @Test
  void aSeatKeepsItsMemory() {
    try (KernelMemory memory = new KernelMemory()) {
      memory.lend(seat -> seat.workspace().require(1000));
      memory.lend(seat -> assertThat(seat.workspace().at(0).isNull()).isFalse());
      memory.lend(
          first ->
              memory.lend(second -> assertThat(second.workspace()).isNotSameAs(first.workspace())));
    }
  }

  @Test
  void aSeatIsFreeAfterAFailure() {
    try (KernelMemory memory = new KernelMemory()) {
      assertThatThrownBy(
              () ->
                  memory.lend(
                      seat -> {
                        throw new IllegalStateException("a turn that fails");
                      }))
          .hasMessage("a turn that fails");
      memory.lend(seat -> assertThat(seat.number()).isZero());
    }
  }
}
