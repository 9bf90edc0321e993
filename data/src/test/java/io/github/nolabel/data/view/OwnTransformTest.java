package io.github.nolabel.data.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.view.Normalisation;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Changes of views that a plug-in brings. */
class OwnTransformTest {

  private static final Preprocessing PLAIN =
      new Preprocessing(1, 1, new Normalisation(List.of(0.0, 0.0, 0.0), List.of(1.0, 1.0, 1.0)));

  /** Every value times {@code factor}. */
  record Darker(double factor) implements ViewTransform {}

  record Unknown() implements ViewTransform {}

  /** Registered in the test's META-INF/services. */
  public static final class Darkening implements TransformProvider {

    @Override
    public Optional<Transform> renderer(ViewTransform change) {
      return change instanceof Darker darker
          ? Optional.of((image, random) -> darken(image, (float) darker.factor()))
          : Optional.empty();
    }

    private static void darken(Pixels image, float factor) {
      for (int i = 0; i < 3 * image.area(); i++) {
        image.values()[i] *= factor;
      }
    }
  }

  @Test
  void aPlugInsChangeIsCarriedOut() {
    FloatBuffer pixel = FloatBuffer.allocate(3);
    ViewRenderer renderer = new ViewRenderer(new View("view", 1, List.of(new Darker(0.5))), PLAIN);
    renderer.render(
        Picture.whole(new byte[] {(byte) 255, (byte) 255, 0}, 1, 1), new CounterRandom(), pixel, 0);
    assertThat(pixel.array()).containsExactly(0.5f, 0.5f, 0);
  }

  @Test
  void aChangeThatNobodyKnowsIsNamed() {
    View view = new View("view", 1, List.of(new Unknown()));
    assertThatThrownBy(() -> new ViewRenderer(view, PLAIN))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Unknown[]");
  }
}
