package io.github.nolabel.method;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.nolabel.fragment.backbone.Backbones;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Plug-ins are found from threads whose class loader does not know this library. */
class ForeignClassLoaderTest {

  private final ClassLoader before = Thread.currentThread().getContextClassLoader();

  @BeforeEach
  void enter() {
    Thread.currentThread().setContextClassLoader(ClassLoader.getPlatformClassLoader());
  }

  @AfterEach
  void leave() {
    Thread.currentThread().setContextClassLoader(before);
  }

  @Test
  void theLibrarysOwnLoaderCounts() {
    assertThat(Backbones.all().require("small-cnn").name()).isEqualTo("small-cnn");
  }

  @Test
  void orTheOneThatIsGiven() {
    ClassLoader empty = ClassLoader.getPlatformClassLoader();
    assertThat(Backbones.all(empty).all()).isEmpty();
    assertThat(Methods.all(empty).all()).isEmpty();
  }
}
