package io.github.nolabel.networks;

import io.github.nolabel.testing.Nd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportedGradientTest {

  @ParameterizedTest
  @ValueSource(
      strings = {"mobilenet-script", "vit-dynamo", "convnext-script", "keras", "old-script"})
  void theGradientIsTheSlope(String name) {
    Exported exported = Exported.read(name);
    Gradients.assertSlope(exported.backbone(), Nd.of(exported.images()));
  }
}
