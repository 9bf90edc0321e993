package io.github.nolabel.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.Shape;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.graph.GraphBuilder;
import io.github.nolabel.graph.Mode;
import io.github.nolabel.graph.Value;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class OnnxMetadataTest {

  @Test
  void entriesComeBackInOrder() {
    SortedMap<String, String> entries =
        new TreeMap<>(Map.of("b", "2", "a", "größer", "c", "", "nolabel.mean", "0.5,0.5"));
    assertThat(OnnxMetadata.read(model(entries))).isEqualTo(entries);
    assertThat(OnnxMetadata.read(model(entries)).firstKey()).isEqualTo("a");
  }

  @Test
  void aModelNeedNotHaveAny() {
    assertThat(OnnxMetadata.read(model(new TreeMap<>()))).isEmpty();
  }

  @Test
  void somethingElseIsRefused() {
    assertThatThrownBy(() -> OnnxMetadata.read(new byte[] {9, 9, 9, 9}))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("This is no ONNX model");
  }

  private static byte[] model(SortedMap<String, String> entries) {
    GraphBuilder graph = new GraphBuilder(Mode.INFERENCE);
    Value x = graph.input("x", Shape.batched(2));
    return OnnxWriter.inference(
            graph.build(Map.of("y", graph.ops("net").relu(x))), Map.of(), entries)
        .bytes();
  }
}
