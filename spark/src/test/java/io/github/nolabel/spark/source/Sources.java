package io.github.nolabel.spark.source;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.data.DatasetSettings;
import io.github.nolabel.data.Datasets;
import io.github.nolabel.data.ImageDataset;

/** Sources by the names that a plan gives them. */
final class Sources {

  private Sources() {}

  static ImageDataset all(String source) {
    return Datasets.images(source, DatasetSettings.DEFAULTS, notice -> {});
  }

  static void assertMistake(String source, String part) {
    assertThatThrownBy(() -> all(source))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Data source '%s'".formatted(source))
        .hasMessageContaining(part);
  }
}
