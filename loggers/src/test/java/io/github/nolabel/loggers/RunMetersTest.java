package io.github.nolabel.loggers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.api.train.StepReport;
import io.github.nolabel.runs.watch.RunStart;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RunMetersTest {

  @Test
  void theNewestNumbersAreGauges() {
    SimpleMeterRegistry registry = new SimpleMeterRegistry();
    RunMeters meters = new RunMeters(registry);
    meters.onBegin(new RunStart(Path.of("runs/a"), "simclr", 9, 3, 0, Map.of()));
    assertThat(registry.get("nolabel.steps").gauge().value()).isEqualTo(9);
    meters.onStep(new StepReport(1, 9, 0.1, 2.5, 0.1, 100, 0, 3, Map.of("spread", 0.5)));
    meters.onStep(new StepReport(2, 9, 0.2, 1.5, 0.1, 100, 0, 3, Map.of("spread", 0.25)));
    assertThat(
            registry.get("nolabel.loss").tags("run", "runs/a", "method", "simclr").gauge().value())
        .isEqualTo(1.5);
    assertThat(registry.get("nolabel.spread").gauge().value()).isEqualTo(0.25);
    assertThat(registry.get("nolabel.step").gauge().value()).isEqualTo(2);
    meters.onEnd();
    assertThat(registry.getMeters()).isEmpty();
  }
}
