package io.github.nolabel.runs.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ProgressLineTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final Locale usual = Locale.getDefault();
  private long millis = 50_000;

  @BeforeEach
  void useCommasForDecimals() {
    Locale.setDefault(Locale.GERMANY);
  }

  @AfterEach
  void restore() {
    Locale.setDefault(usual);
  }

  @Test
  void elsewhereThanOnATerminalALineAppearsEveryFiveSeconds() {
    ProgressLine line = line(false);
    for (int step = 1; step <= 20; step++) {
      line.onStep(Reports.at(step));
      millis += 1000;
    }
    line.onEnd();
    assertThat(text().lines())
        .containsExactly(
            "epoch 0.13  step 1/20  loss 1.0000  lr 0.00125  812 images/s  0:57 left",
            "epoch 0.75  step 6/20  loss 0.1667  lr 0.00125  812 images/s  0:42 left",
            "epoch 1.38  step 11/20  loss 0.0909  lr 0.00125  812 images/s  0:27 left",
            "epoch 2.00  step 16/20  loss 0.0625  lr 0.00125  812 images/s  0:12 left",
            "epoch 2.50  step 20/20  loss 0.0500  lr 0.00125  812 images/s  0:00 left");
  }

  @Test
  void aTerminalSeesOneLineThatIsRedrawn() {
    ProgressLine line = line(true);
    line.onStep(Reports.at(5));
    millis += 99;
    line.onStep(Reports.at(6));
    millis += 1;
    line.onStep(Reports.at(10));
    line.onEnd();
    String[] drawn = text().split("\r", -1);
    assertThat(drawn).hasSize(3);
    assertThat(drawn[0]).isEmpty();
    assertThat(drawn[1]).startsWith("[######..................] epoch 0.63  step 5/20");
    assertThat(drawn[2]).startsWith("[############............] epoch 1.25  step 10/20");
    assertThat(drawn[2]).endsWith(System.lineSeparator());
  }

  @Test
  void aShorterLineCoversALongerOne() {
    ProgressLine line = line(true);
    line.onStep(Reports.at(1));
    millis += 200;
    line.onStep(Reports.at(20));
    String[] drawn = text().split("\r", -1);
    assertThat(drawn[2].length()).isGreaterThanOrEqualTo(drawn[1].length());
  }

  @Test
  void theMostTellingMonitorsFollowTheLoss() {
    Map<String, Double> values = new LinkedHashMap<>();
    values.put("gradient_norm", 2.5);
    values.put("feature_std", 0.914);
    values.put("alignment", 0.3);
    values.put("teacher_entropy", 0.5);
    values.put("teacher_entropy_of_mean", 0.9);
    line(false).onStep(Reports.at(1, values));
    assertThat(text()).contains("loss 1.0000  feature_std 0.91  teacher_entropy 0.50  lr ");
    assertThat(text()).doesNotContain("gradient_norm", "alignment", "of_mean");
  }

  @Test
  void nothingIsPrintedWithoutASteps() {
    line(true).onEnd();
    line(false).onEnd();
    assertThat(text()).isEmpty();
  }

  @Test
  void durationsReadLikeAClock() {
    assertThat(ProgressLine.duration(7.4)).isEqualTo("0:07");
    assertThat(ProgressLine.duration(750)).isEqualTo("12:30");
    assertThat(ProgressLine.duration(11109)).isEqualTo("3:05:09");
    assertThat(ProgressLine.duration(59.6)).isEqualTo("1:00");
  }

  private ProgressLine line(boolean terminal) {
    PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    return new ProgressLine(out, () -> millis * 1_000_000, terminal);
  }

  private String text() {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
