package io.github.nolabel.inference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.text.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExportedTextsTest {

  private static final List<String> TEXTS =
      List.of("a red square", "a blue circle", "", "a red square and much more than eight tokens");

  @TempDir Path tmp;

  private ExportedTexts texts;

  @BeforeEach
  void open() {
    texts = ExportedTexts.open(Stored.TEXT);
  }

  @AfterEach
  void close() {
    texts.close();
  }

  @Test
  void textsBecomeUnitVectors() {
    float[][] features = texts.embed(TEXTS);
    assertThat(features).hasDimensions(TEXTS.size(), texts.featureWidth());
    for (float[] row : features) {
      assertThat(length(row)).isCloseTo(1, within(1e-5));
    }
  }

  @Test
  void oneByOneTheyAreTheSame() {
    float[][] all = texts.embed(TEXTS);
    for (int i = 0; i < all.length; i++) {
      assertThat(texts.embed(TEXTS.get(i))).containsExactly(all[i], within(1e-5f));
    }
  }

  @Test
  void manyTextsAreReadInPieces() {
    float[][] all = texts.embed(Collections.nCopies(600, "a red square"));
    assertThat(all).hasNumberOfRows(600);
    assertThat(all[599]).containsExactly(all[0], within(1e-5f));
  }

  @Test
  void severalThreadsMayShareIt() {
    float[] expected = texts.embed("a red square");
    assertThat(IntStream.range(0, 64).parallel().mapToObj(i -> texts.embed("a red square")))
        .allSatisfy(row -> assertThat(row).containsExactly(expected, within(1e-5f)));
  }

  @Test
  void nothingGivesNothing() {
    assertThat(texts.embed(List.of())).isEmpty();
  }

  @Test
  void itSaysHowLongTextsMayBe() {
    assertThat(texts.length()).isEqualTo(8);
  }

  @Test
  void aMissingModelIsNamed() {
    assertThatThrownBy(() -> ExportedTexts.open(tmp.resolve("none.onnx")))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("none.onnx'; name the text.onnx of a run");
  }

  @Test
  void aModelWithoutATokenizerBesideItIsRefused() throws IOException {
    Path alone = Files.copy(Stored.TEXT, tmp.resolve("alone.onnx"));
    assertThatThrownBy(() -> ExportedTexts.open(alone))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("no tokenizer.json beside", "alone.onnx", "name it");
  }

  @Test
  void theTokenizerMayLieElsewhere() throws IOException {
    Path alone = Files.copy(Stored.TEXT, tmp.resolve("alone.onnx"));
    Path tokenizer = Stored.SEARCH.resolve("tokenizer.json");
    try (ExportedTexts moved = ExportedTexts.open(alone, tokenizer)) {
      assertThat(moved.embed("a red square")).containsExactly(texts.embed("a red square"));
    }
  }

  @Test
  void aFileThatIsNoTokenizerIsRefused() {
    assertThatThrownBy(() -> ExportedTexts.open(Stored.TEXT, Stored.TEXT))
        .isInstanceOf(UserMistake.class)
        .hasMessageContaining("expected a tokenizer.json");
  }

  @Test
  void aModelThatReadsImagesIsRefused() {
    assertThatThrownBy(() -> ExportedTexts.open(Stored.IMAGE))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("image.onnx' reads [images]", "input_ids", "Name the text.onnx");
  }

  @Test
  void aTokenizerOfMoreTokensThanTheModelKnowsIsRefused() throws IOException {
    List<String> words = IntStream.range(0, 300).mapToObj(i -> "word" + i).toList();
    byte[] json = Tokenizers.trainers().require("wordpiece").train(words, 500);
    Path larger = Files.write(tmp.resolve("larger.json"), json);
    assertThatThrownBy(() -> ExportedTexts.open(Stored.TEXT, larger))
        .isInstanceOf(UserMistake.class)
        .hasMessageContainingAll("text.onnx' does not know all", "larger.json", "of its run");
  }

  private static double length(float[] row) {
    return Math.sqrt(IntStream.range(0, row.length).mapToDouble(i -> row[i] * row[i]).sum());
  }
}
