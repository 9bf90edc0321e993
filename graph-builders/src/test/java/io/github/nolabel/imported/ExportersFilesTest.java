package io.github.nolabel.imported;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.fragment.backbone.Backbone;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files of real exporters; see {@code make.py} among the resources. */
class ExportersFilesTest {

  static List<String> names() {
    return Exported.names();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theFeaturesAreTheExportersOwn(String name) {
    Exported exported = Exported.read(name);
    Backbone backbone = exported.backbone();
    assertThat(backbone.featureWidth()).isEqualTo((int) exported.features().shape().extent(1));
    assertThat(Exported.features(backbone, exported.images()))
        .usingComparatorWithPrecision(1e-4f)
        .containsExactly(exported.features().toFloats());
  }
}
