package io.github.nolabel.networks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.networks.file.OnnxFile;
import io.github.nolabel.testing.Interpreter;
import io.github.nolabel.testing.OnnxDraft;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Weights are read from the model's own folder only. */
class ExternalWeightsTest {

  @TempDir Path above;

  private Path folder = Path.of("");

  @BeforeEach
  void writeWeights() throws IOException {
    folder = Files.createDirectory(above.resolve("models"));
    ByteBuffer bytes = ByteBuffer.allocate(40).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < 10; i++) {
      bytes.putFloat(i);
    }
    Files.write(folder.resolve("weights.bin"), bytes.array());
    Files.write(above.resolve("weights.bin"), bytes.array());
  }

  @Test
  void theyLieWhereTheFileSays() {
    OnnxFile file = read(Map.of("location", "weights.bin", "offset", "8", "length", "24"), 2, 3);
    assertThat(weight(file)).containsExactly(2, 3, 4, 5, 6, 7);
    assertThat(file.parts())
        .containsExactly(folder.resolve("model.onnx"), folder.resolve("weights.bin"));
  }

  @Test
  void withoutAnOffsetTheyAreTheWholeFile() {
    OnnxFile file = read(Map.of("location", "weights.bin"), 10);
    assertThat(weight(file)[9]).isEqualTo(9);
  }

  @Test
  void theirContentsCountForTheFingerprint() throws IOException {
    Map<String, String> place = Map.of("location", "weights.bin");
    String before = read(place, 10).sha256();
    byte[] other = Files.readAllBytes(folder.resolve("weights.bin"));
    other[3] ^= 1;
    Files.write(folder.resolve("weights.bin"), other);
    assertThat(read(place, 10).sha256()).isNotEqualTo(before);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../weights.bin",
        "..",
        ".",
        "",
        "sub/weights.bin",
        "..\\weights.bin",
        "C:weights.bin",
        "/etc/hostname",
        "model.onnx",
        "weights.bin\u0000.txt"
      })
  void elsewhereIsRefused(String location) {
    assertThatThrownBy(() -> read(Map.of("location", location), 10))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("Weights are read only from a file in the model's own folder.")
        .hasMessageContaining("weight 'w'");
  }

  @Test
  void anAbsolutePathIntoTheFolderIsRefusedToo() {
    String absolute = folder.resolve("weights.bin").toAbsolutePath().toString();
    assertThatThrownBy(() -> read(Map.of("location", absolute), 10))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("own folder");
  }

  @Test
  void aLinkOutOfTheFolderIsRefused() throws IOException {
    Files.createSymbolicLink(folder.resolve("link.bin"), above.resolve("weights.bin"));
    assertThatThrownBy(() -> read(Map.of("location", "link.bin"), 10))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("own folder");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatThrownBy(() -> read(Map.of("location", "wieghts.bin"), 10))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("'wieghts.bin', which is not beside it");
  }

  @Test
  void wrongPlacesAreRefused() {
    assertRefused("beyond the end", "offset", "48");
    assertRefused("beyond the end", "offset", "4", "length", "40");
    assertRefused("beyond the end", "length", Long.toString(Long.MAX_VALUE));
    assertRefused("a whole number of bytes", "offset", "-4");
    assertRefused("a whole number of bytes", "length", "all");
    assertRefused("needs 10 values and holds 9", "offset", "4");
    assertRefused("needs 10 values and holds 9", "length", "39");
  }

  private static float[] weight(OnnxFile file) {
    return Interpreter.require(file.graph().initializers(), "w").toFloats();
  }

  private void assertRefused(String said, String... entries) {
    Map<String, String> all = new TreeMap<>(Map.of("location", "weights.bin"));
    for (int i = 0; i < entries.length; i += 2) {
      all.put(entries[i], entries[i + 1]);
    }
    assertThatThrownBy(() -> read(all, 10))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(said);
  }

  private OnnxFile read(Map<String, String> entries, long... extents) {
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName("w")
            .setDataType(1)
            .setDataLocation(TensorProto.DataLocation.EXTERNAL);
    for (long extent : extents) {
      tensor.addDims(extent);
    }
    new TreeMap<>(entries)
        .forEach(
            (key, value) ->
                tensor.addExternalData(
                    StringStringEntryProto.newBuilder().setKey(key).setValue(value)));
    OnnxDraft draft = new OnnxDraft(13).input("images", -1, 3, 8, 8).initializer(tensor.build());
    return OnnxFile.read(draft.output("images").write(folder.resolve("model.onnx")));
  }
}
