package io.github.nolabel.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Shape;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.TensorSpec;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.Embedder;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.OnnxModel;
import io.github.nolabel.runtime.OnnxText;
import io.github.nolabel.runtime.device.DeviceChoice;
import io.github.nolabel.runtime.memory.OrtLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferenceModelTest {

  private static final DeviceChoice CPU = new DeviceChoice(false, 1);
  private static final TensorSpec IMAGES = TensorSpec.floats("pixels", Shape.batched(3, 2, 2));
  private static final TensorSpec FEATURES = TensorSpec.floats("embedding", Shape.batched(3));

  @TempDir Path folder;

  private final OrtLibrary library = OrtLibrary.load();

  @Test
  void anyNumberOfImagesBecomesAsManyRows() {
    try (Embedder embedder = Embedder.of(new InferenceModel(library, means(), CPU))) {
      for (int count : new int[] {1, 5, 2}) {
        Tensor images = Tensor.zeros(ElementType.FLOAT, count, 3, 2, 2);
        for (int i = 0; i < images.elements(); i++) {
          images.floats().put(i, Math.floorDiv(i, 4));
        }
        Tensor features = embedder.embed(images);
        assertThat(features.shape()).isEqualTo(Shape.of(count, 3));
        for (int i = 0; i < count * 3; i++) {
          assertThat(features.floats().get(i)).isEqualTo((float) i);
        }
      }
    }
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    try (Embedder embedder = Embedder.of(new InferenceModel(library, means(), CPU))) {
      assertThatThrownBy(() -> embedder.embed(Tensor.zeros(ElementType.FLOAT, 1, 3, 4, 4)))
          .isInstanceOf(UserMistake.class)
          .hasMessage(
              "The model expects 'pixels: float[N, 3, 2, 2]' for 1 samples, got FLOAT[1, 3, 4, 4].");
    }
  }

  @Test
  void aFileTellsItsSignature() throws IOException {
    Path file = Files.write(folder.resolve("backbone.onnx"), means().bytes());
    OnnxModel read = ModelReader.read(library, file);
    assertThat(read.inputs()).containsExactly(IMAGES);
    assertThat(read.outputs()).containsExactly(FEATURES);
    assertThat(read.bytes()).isEqualTo(means().bytes());
  }

  @Test
  void filesThatAreNoModelAreNamed() throws IOException {
    byte[] good = means().bytes();
    Path truncated = Files.write(folder.resolve("cut.onnx"), Arrays.copyOf(good, good.length / 2));
    Path text = Files.writeString(folder.resolve("readme.onnx"), "not a model");
    Path empty = Files.write(folder.resolve("empty.onnx"), new byte[0]);
    for (Path file : List.of(truncated, text, empty)) {
      assertThatThrownBy(() -> ModelReader.read(library, file))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining(file.toString())
          .hasMessageContaining("is not an ONNX model");
    }
    assertThatThrownBy(() -> ModelReader.read(library, folder))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("is a folder");
    assertThatThrownBy(() -> ModelReader.read(library, folder.resolve("none.onnx")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("There is no file");
  }

  @Test
  void aSecondVariableAxisIsRefused() throws IOException {
    TensorSpec wide =
        TensorSpec.floats(
            "pixels", new Shape(List.of(Shape.batched().dim(0), Shape.batched().dim(0))));
    byte[] bytes =
        new OnnxText()
            .inputs(List.of(wide))
            .node("out = Relu(pixels)")
            .outputs(List.of(TensorSpec.floats("out", wide.shape())))
            .bytes();
    Path file = Files.write(folder.resolve("wide.onnx"), bytes);
    assertThatThrownBy(() -> ModelReader.read(library, file))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("axis 1 of 'pixels' has no fixed extent");
  }

  @Test
  void inputsHaveNamesAndTypes() {
    Tensor ids = Tensor.of(new long[] {2, 0, 1, 1}, 2, 2);
    Tensor table = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 2, 4);
    try (InferenceModel model = new InferenceModel(library, lookup(), CPU)) {
      Map<String, Tensor> found = model.run(Map.of("ids", ids, "numbers", table));
      assertThat(found).containsOnlyKeys("picked", "known");
      assertThat(found.get("picked"))
          .satisfies(t -> assertThat(t.toFloats()).containsExactly(3, 1, 6, 6));
      assertThat(found.get("known"))
          .satisfies(t -> assertThat(t.type()).isEqualTo(ElementType.BOOL))
          .satisfies(t -> assertThat(t.bytes().get(0)).isEqualTo((byte) 1));
      assertRefused(model, Map.of("ids", ids), "needs the input 'numbers: float[N, 4]'");
      assertRefused(
          model, Map.of("ids", ids, "numbers", table, "more", ids), "has no input 'more'");
      assertRefused(model, Map.of("ids", table, "numbers", table), "expects 'ids: int64[N, 2]'");
      Tensor three = Tensor.zeros(ElementType.FLOAT, 3, 4);
      assertRefused(
          model, Map.of("ids", ids, "numbers", three), "expects 'numbers: float[N, 4]' for 2");
      assertThatThrownBy(() -> Embedder.of(model))
          .isInstanceOf(UserMistake.class)
          .hasMessageContaining("one input and one output");
    }
  }

  private static void assertRefused(Model model, Map<String, Tensor> inputs, String said) {
    assertThatThrownBy(() -> model.run(inputs))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining(said);
  }

  /** Picks two of a row's numbers, and says which ids are above zero. */
  private static OnnxModel lookup() {
    List<TensorSpec> inputs =
        List.of(
            new TensorSpec("ids", ElementType.INT64, Shape.batched(2)),
            TensorSpec.floats("numbers", Shape.batched(4)));
    List<TensorSpec> outputs =
        List.of(
            TensorSpec.floats("picked", Shape.batched(2)),
            new TensorSpec("known", ElementType.BOOL, Shape.batched(2)));
    byte[] bytes =
        new OnnxText()
            .inputs(inputs)
            .node("picked = GatherElements(numbers, ids)", OnnxText.attribute("axis", 1L))
            .node("zero = Sub(ids, ids)")
            .node("known = Greater(ids, zero)")
            .outputs(outputs)
            .bytes();
    return new OnnxModel(bytes, inputs, outputs);
  }

  /** The mean of every channel. */
  private static OnnxModel means() {
    byte[] bytes =
        new OnnxText()
            .inputs(List.of(IMAGES))
            .node("pooled = GlobalAveragePool(pixels)")
            .node("embedding = Flatten(pooled)")
            .outputs(List.of(FEATURES))
            .bytes();
    return new OnnxModel(bytes, List.of(IMAGES), List.of(FEATURES));
  }
}
