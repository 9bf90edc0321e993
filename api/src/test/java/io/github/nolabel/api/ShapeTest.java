package io.github.nolabel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ShapeTest {

  private static final Dim TWO_BATCHES = Dim.BATCH.times(2);

  @Test
  void anExtentIsLinearInTheBatchSize() {
    Dim queueAndBatch = TWO_BATCHES.plus(Dim.of(5));
    assertThat(queueAndBatch.at(0)).isEqualTo(5);
    assertThat(queueAndBatch.at(8)).isEqualTo(21);
    assertThat(queueAndBatch.times(3).at(8)).isEqualTo(63);
    assertThat(Dim.of(7).at(8)).isEqualTo(7);
  }

  @Test
  void extentsPrintAsPeopleWriteThem() {
    assertThat(Dim.BATCH).hasToString("N");
    assertThat(TWO_BATCHES).hasToString("2N");
    assertThat(TWO_BATCHES.plus(Dim.of(3))).hasToString("2N+3");
    assertThat(Dim.of(0)).hasToString("0");
    assertThat(Shape.batched(3, 224, 224)).hasToString("[N, 3, 224, 224]");
    assertThat(Shape.of()).hasToString("[]");
  }

  @Test
  void onlyFixedExtentsAreKnown() {
    assertThat(Dim.of(9).extent()).isEqualTo(9);
    assertThatThrownBy(Dim.BATCH::extent)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("N is known only at run time");
  }

  @Test
  void negativeExtentsAreRefused() {
    assertThatThrownBy(() -> Dim.of(-1)).hasMessageContaining("never negative, got 0N+-1");
    assertThatThrownBy(() -> new Dim(-1, 4)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void negativeAxesCountFromTheEnd() {
    Shape shape = Shape.batched(3, 5);
    assertThat(shape.dim(-1)).isEqualTo(Dim.of(5));
    assertThat(shape.dim(-3)).isEqualTo(Dim.BATCH);
    assertThat(shape.extent(-2)).isEqualTo(3);
    assertThatThrownBy(() -> shape.dim(3)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void elementsAreAnExtentThemselves() {
    assertThat(Shape.of().elements()).isEqualTo(Dim.of(1));
    assertThat(Shape.of(2, 3, 4).elements()).isEqualTo(Dim.of(24));
    assertThat(Shape.batched(3, 4).elements()).isEqualTo(Dim.BATCH.times(12));
    assertThat(new Shape(List.of(Dim.of(3), TWO_BATCHES)).elements()).isEqualTo(Dim.BATCH.times(6));
    assertThatThrownBy(() -> new Shape(List.of(Dim.BATCH, Dim.BATCH)).elements())
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aBatchSizeFixesEveryAxis() {
    Shape shape = new Shape(List.of(TWO_BATCHES, Dim.of(7)));
    assertThat(shape.isFixed()).isFalse();
    assertThat(shape.at(16)).containsExactly(32, 7);
    assertThat(Shape.of(shape.at(16)).isFixed()).isTrue();
  }
}
