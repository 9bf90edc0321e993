package io.github.nolabel.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class FootprintTest {

  private static final Footprint BEFORE = new Footprint(2_000, 500, 100, 3_000);

  @Test
  void aHeapThatGoesOnToNewPagesIsNoLeak() {
    assertThat(new Footprint(2_310, 800, 105, 3_000).flatSince(BEFORE).passed()).isTrue();
  }

  @Test
  void everyLeakIsFound() {
    assertThat(new Footprint(2_300, 500, 100, 3_000).flatSince(BEFORE).passed())
        .as("native memory")
        .isFalse();
    assertThat(new Footprint(2_300, 800, 400, 3_000).flatSince(BEFORE).passed())
        .as("Java's objects")
        .isFalse();
    assertThat(new Footprint(2_000, 500, 100, 3_300).flatSince(BEFORE).passed())
        .as("the card's memory")
        .isFalse();
    assertThat(new Footprint(2_000, 500, 100, Double.NaN).flatSince(BEFORE).passed())
        .as("a card that tells nothing")
        .isFalse();
  }

  @Test
  void bothNumbersAreSaid() {
    assertThat(new Footprint(2_310, 800, 105, 3_000).flatSince(BEFORE).detail())
        .contains("outside of Java's heap 1500 to 1510 MiB", "process 2000 to 2310 MiB");
  }

  @Test
  void objectsThatStayAliveAreMeasured() {
    Footprint before = Footprint.now(0);
    List<byte[]> kept = new ArrayList<>();
    for (int i = 0; i < 1600; i++) {
      kept.add(new byte[1 << 16]);
    }
    Footprint after = Footprint.now(0);
    assertThat(after.live() - before.live()).isBetween(90.0, 130.0);
    assertThat(after.flatSince(before).passed()).isFalse();
    assertThat(kept).hasSize(1600);
  }
}
