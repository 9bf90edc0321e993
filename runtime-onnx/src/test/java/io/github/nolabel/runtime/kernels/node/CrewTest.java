package io.github.nolabel.runtime.kernels.node;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CrewTest {

  @ParameterizedTest
  @CsvSource({"1, 7", "2, 1", "2, 2", "3, 2", "3, 50", "8, 0"})
  void everyTurnIsTakenOnce(int threads, int turns) {
    try (Crew crew = new Crew(threads)) {
      for (int loop = 0; loop < 3000; loop++) {
        AtomicIntegerArray taken = new AtomicIntegerArray(turns);
        crew.run(turns, taken::incrementAndGet);
        for (int turn = 0; turn < turns; turn++) {
          assertThat(taken.get(turn)).isEqualTo(1);
        }
      }
    }
  }

  @Test
  void whatTurnsHaveWrittenIsSeenAfterTheLoop() {
    try (Crew crew = new Crew(4)) {
      long[] numbers = new long[64];
      for (int loop = 0; loop < 20_000; loop++) {
        crew.run(numbers.length, turn -> numbers[turn]++);
      }
      assertThat(numbers).containsOnly(20_000);
    }
  }

  @Test
  void helpersTakeTurnsBesideTheCaller() {
    try (Crew crew = new Crew(3)) {
      CountDownLatch all = new CountDownLatch(3);
      Set<Thread> threads = ConcurrentHashMap.newKeySet();
      crew.run(
          3,
          turn -> {
            threads.add(Thread.currentThread());
            await(all);
          });
      assertThat(threads).hasSize(3).contains(Thread.currentThread());
    }
  }

  /** It would wait for ever if the caller's turn were kept for it. */
  @Test
  void nobodyWaitsForAThreadThatHasNotBegun() throws InterruptedException {
    try (Crew crew = new Crew(2)) {
      CountDownLatch begun = new CountDownLatch(1);
      CountDownLatch free = new CountDownLatch(1);
      Thread busy = new Thread(() -> crew.run(2, turn -> hold(turn, begun, free)));
      busy.start();
      assertThat(begun.await(30, SECONDS)).isTrue();
      AtomicIntegerArray taken = new AtomicIntegerArray(5);
      crew.run(5, taken::incrementAndGet);
      assertThat(taken).hasToString("[1, 1, 1, 1, 1]");
      free.countDown();
      busy.join();
    }
  }

  private static void hold(int turn, CountDownLatch begun, CountDownLatch free) {
    if (turn == 1) {
      begun.countDown();
      hold(free);
    } else {
      hold(begun);
    }
  }

  @Test
  void helpersThatHaveFallenAsleepAreWoken() throws InterruptedException {
    try (Crew crew = new Crew(2)) {
      for (int loop = 0; loop < 20; loop++) {
        Thread.sleep(3);
        CountDownLatch both = new CountDownLatch(2);
        crew.run(2, turn -> await(both));
      }
    }
  }

  @Test
  void theFirstFailureIsToldWhenAllTurnsAreDone() {
    try (Crew crew = new Crew(2)) {
      AtomicIntegerArray taken = new AtomicIntegerArray(9);
      assertThatThrownBy(
              () ->
                  crew.run(
                      9,
                      turn -> {
                        taken.incrementAndGet(turn);
                        if (turn == 4) {
                          throw new IllegalArgumentException("no room");
                        }
                      }))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("no room")
          .hasCauseInstanceOf(IllegalArgumentException.class);
      assertThat(taken).hasToString("[1, 1, 1, 1, 1, 1, 1, 1, 1]");
      crew.run(9, taken::incrementAndGet);
      assertThat(taken.get(8)).isEqualTo(2);
    }
  }

  @Test
  void closingEndsTheThreads() throws InterruptedException {
    Set<Thread> before = helpers();
    Crew crew = new Crew(4);
    crew.run(4, turn -> {});
    Set<Thread> own = helpers();
    own.removeAll(before);
    assertThat(own).hasSize(3).allMatch(Thread::isDaemon);
    crew.close();
    for (Thread thread : own) {
      thread.join(10_000);
      assertThat(thread.isAlive()).isFalse();
    }
  }

  private static Set<Thread> helpers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("nolabel-kernels-"))
        .collect(Collectors.toSet());
  }

  private static void await(CountDownLatch latch) {
    latch.countDown();
    hold(latch);
  }

  private static void hold(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
