package io.github.nolabel.runtime.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.CheckpointException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StateFileTest {

  @ParameterizedTest
  @EnumSource
  void everyElementTypeComesBackBitForBit(ElementType type) {
    Tensor tensor = Tensor.zeros(type, 2, 3);
    for (int i = 0; i < tensor.bytes().capacity(); i++) {
      tensor.bytes().put(i, (byte) (37 * i + 1));
    }
    Tensor back = only(StateFile.read(StateFile.write(Map.of("a/b", tensor))));
    assertThat(back.sameBits(tensor)).isTrue();
  }

  @Test
  void scalarsAndEmptyTensorsKeepTheirShape() {
    assertThat(
            only(StateFile.read(StateFile.write(Map.of("s", Tensor.scalar(2.5))))).shape().rank())
        .isZero();
    Tensor none = Tensor.zeros(ElementType.FLOAT, 0, 7);
    assertThat(only(StateFile.read(StateFile.write(Map.of("e", none)))).shape())
        .isEqualTo(none.shape());
  }

  @Test
  void bytesDoNotDependOnTheOrderOfTheMap() {
    Tensor one = Tensor.of(new float[] {1, 2}, 2);
    Tensor two = Tensor.of(new long[] {3}, 1);
    Map<String, Tensor> forth = new LinkedHashMap<>();
    forth.put("one", one);
    forth.put("two", two);
    Map<String, Tensor> back = new LinkedHashMap<>();
    back.put("two", two);
    back.put("one", one);
    assertThat(StateFile.write(forth)).isEqualTo(StateFile.write(back));
  }

  @Test
  void tensorsAreAskedForOneAfterAnotherAndMayShareOneMemory() {
    Tensor shared = Tensor.zeros(ElementType.FLOAT, 3);
    List<TensorSpec> tensors =
        Stream.of("b", "a", "c").map(name -> TensorSpec.floats(name, shared.shape())).toList();
    StateSource source =
        new StateSource(
            tensors,
            tensor -> {
              shared.floats().put(1, tensor.name().charAt(0));
              return shared;
            });
    Map<String, Tensor> back = StateFile.read(new StateFile(source).whole());
    assertThat(back).containsOnlyKeys("a", "b", "c");
    back.forEach((name, tensor) -> assertThat(tensor.floats().get(1)).isEqualTo(name.charAt(0)));
  }

  @Test
  void weightsToStartWithMustFit() {
    StateSource own = StateSource.of(Map.of("w", Tensor.of(new float[] {1, 2}, 2)));
    Tensor other = Tensor.of(new float[] {5, 6}, 2);
    assertThat(only(StateFile.read(new StateFile(own.with(Map.of("w", other))).whole())))
        .satisfies(w -> assertThat(w.sameBits(other)).isTrue());
    StateFile wrong = new StateFile(own.with(Map.of("w", Tensor.scalar(7))));
    assertThatThrownBy(wrong::whole)
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("'w'", "FLOAT[2]", "another backbone");
  }

  @Test
  void theHeaderIsWhatTheOnnxRuntimeAsksFor() {
    ByteBuffer file = StateFile.write(Map.of());
    byte[] identifier = new byte[4];
    file.get(4, identifier);
    assertThat(new String(identifier, StandardCharsets.US_ASCII)).isEqualTo("ODTC");
    assertThat(FlatTable.root(file).intAt(0)).isEqualTo(2);
  }

  @Test
  void otherContentsAreRefused() {
    for (int size : List.of(0, 3, 8, 64)) {
      assertThatThrownBy(() -> StateFile.read(ByteBuffer.allocate(size)))
          .isInstanceOf(CheckpointException.class)
          .hasMessageContaining("not an ONNX Runtime checkpoint");
    }
  }

  private static Tensor only(Map<String, Tensor> tensors) {
    assertThat(tensors).hasSize(1);
    return tensors.values().iterator().next();
  }
}
