package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Networks of whole libraries: {@code -Dnolabel.tried=FOLDER}, made by {@code export.py}. */
@EnabledIfSystemProperty(named = "nolabel.tried", matches = ".+")
class TriedNetworksTest {

  /** What cannot be taken over is said; nothing is silently wrong. */
  @Test
  void aFileIsRightOrRefused() {
    Map<String, String> results =
        TriedNetworks.tryAll(Path.of(System.getProperty("nolabel.tried")), false);
    assertThat(results)
        .isNotEmpty()
        .allSatisfy(
            (name, result) -> assertThat(result).doesNotContain("\"wrong", "defect", "not finite"));
  }
}
