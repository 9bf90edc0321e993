package io.github.nolabel.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlagHintsTest {

  @Test
  void aSmallerBatchIsSetByItsFlag() {
    assertThat(
            FlagHints.added(
                "Batches of 128 fit: set batchSize=128, or keep 512 images per update with batchSize=128 and optimizer.accumulate=4."))
        .isEqualTo(
            "Batches of 128 fit: set --batch-size 128, or keep 512 images per update with --batch-size 128 --set optimizer.accumulate=4.");
  }
}
