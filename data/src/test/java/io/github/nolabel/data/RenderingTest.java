package io.github.nolabel.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.InputPlan;
import io.github.nolabel.api.train.BatchStream;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.api.view.View;
import io.github.nolabel.api.view.ViewTransform;
import io.github.nolabel.data.load.BatchLoader;
import io.github.nolabel.data.load.LoaderSettings;
import io.github.nolabel.data.view.Pixels;
import io.github.nolabel.data.view.Transform;
import io.github.nolabel.data.view.TransformProvider;
import io.github.nolabel.data.view.ViewRenderer;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One image that is too much for a view is broken, as one that cannot be decoded. */
class RenderingTest {

  private static final Preprocessing PLAIN = Preprocessing.standard(1);

  /** Fails on images of a certain grey. */
  record Break(int grey, boolean memory) implements ViewTransform {}

  /** Registered in the test's META-INF/services. */
  public static final class Breaking implements TransformProvider {

    @Override
    public Optional<Transform> renderer(ViewTransform change) {
      return change instanceof Break wanted
          ? Optional.of((image, random) -> check(image, wanted))
          : Optional.empty();
    }

    private static void check(Pixels image, Break wanted) {
      if (Math.rint(255 * image.values()[0]) == wanted.grey()) {
        if (wanted.memory()) {
          throw new OutOfMemoryError("Java heap space");
        }
        throw new ArithmeticException("integer overflow");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void inABatchTheNextImageTakesItsPlaceAndItIsNamed(boolean memory) {
    BatchLoader loader = loader(memory, false);
    try (BatchStream stream = loader.from(0)) {
      Tensor image = Objects.requireNonNull(stream.next().tensors().get("image"));
      assertThat(image.toFloats()).hasSize(3 * 4);
    }
    assertThat(loader.skipped()).isEqualTo(1);
    assertThat(loader.faults())
        .singleElement()
        .asString()
        .startsWith("'2.png' of 1 x 1 pixels cannot be cropped or resized: java.lang.")
        .endsWith(memory ? "OutOfMemoryError: Java heap space." : "integer overflow.");
  }

  @Test
  void strictlyItEndsTheRun() {
    try (BatchStream stream = loader(true, true).from(0)) {
      assertThatThrownBy(stream::next)
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("'2.png' of 1 x 1 pixels");
    }
  }

  @Test
  void inEvaluationTheNextOneTakesItsPlaceToo() {
    float[] values = prepared(greys()).batches(4).iterator().next().toFloats();
    assertThat(values[3 * 2]).isEqualTo(values[3 * 3]).isNotEqualTo(values[3]);
  }

  @Test
  void inStrictEvaluationItEndsTheRunToo() {
    Iterator<Tensor> batches = prepared(new StrictImages(greys())).batches(4).iterator();
    assertThatThrownBy(batches::next)
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'2.png' of 1 x 1 pixels");
  }

  private static PreparedImages prepared(ImageDataset images) {
    return new PreparedImages(
        images,
        1,
        () -> new ViewRenderer(view(false), PLAIN),
        0,
        0,
        index -> other -> true,
        "images");
  }

  private static View view(boolean memory) {
    return new View("image", 1, List.of(new Break(2, memory)));
  }

  private static BatchLoader loader(boolean memory, boolean strict) {
    InputPlan plan = InputPlan.ofViews(List.of(view(memory)), PLAIN);
    return new BatchLoader(greys(), plan, new LoaderSettings(4, 7, 1, strict));
  }

  /** Image i is one pixel of grey i. */
  private static DescribedImages greys() {
    return new DescribedImages(4, i -> i + ".png", i -> i, i -> List.of());
  }
}
