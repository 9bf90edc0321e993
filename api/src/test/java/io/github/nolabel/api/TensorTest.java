package io.github.nolabel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class TensorTest {

  @Test
  void viewsShareTheContentsAndCopiesDoNot() {
    Tensor tensor = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);
    Tensor copy = tensor.copy();
    tensor.floats().put(3, 9);
    assertThat(tensor.toFloats()).containsExactly(1, 2, 3, 9);
    assertThat(copy.toFloats()).containsExactly(1, 2, 3, 4);
    assertThat(copy.sameBits(tensor)).isFalse();
  }

  @Test
  void bitsAreComparedNotNumbers() {
    Tensor zero = Tensor.scalar(0);
    assertThat(zero.sameBits(Tensor.scalar(-0.0))).isFalse();
    assertThat(Tensor.scalar(Double.NaN).sameBits(Tensor.scalar(Double.NaN))).isTrue();
    assertThat(zero.sameBits(Tensor.of(new float[] {0}, 1))).isFalse();
    assertThat(Tensor.zeros(ElementType.INT32, 2).sameBits(Tensor.zeros(ElementType.FLOAT, 2)))
        .isFalse();
  }

  @Test
  void contentsAreLittleEndianAndDirect() {
    ByteBuffer bytes = Tensor.of(new long[] {1}, 1).bytes();
    assertThat(bytes.isDirect()).isTrue();
    assertThat(bytes.get(0)).isEqualTo((byte) 1);
    assertThat(bytes.get(7)).isZero();
  }

  @Test
  void wrongCountsAndViewsAreNamed() {
    assertThatThrownBy(() -> Tensor.of(new float[3], 2, 2))
        .hasMessageContaining("[2, 2] holds 4 values, got 3");
    assertThatThrownBy(() -> Tensor.scalar(1).longs())
        .hasMessage("a tensor of FLOAT has no INT64 view");
    assertThatThrownBy(() -> Tensor.wrap(ElementType.FLOAT, ByteBuffer.allocate(8), 2))
        .hasMessageContaining("direct buffer of 8 bytes");
  }
}
