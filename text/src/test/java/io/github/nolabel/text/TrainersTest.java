package io.github.nolabel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrainersTest {

  private final TokenizerTrainer wordPiece = new WordPieceTrainer();
  private final TokenizerTrainer bpe = new ByteLevelBpeTrainer();

  @Test
  void fewTextsYieldFewTokens() {
    assertThat(size(wordPiece, List.of("ab ab"), 30_000)).isEqualTo(5 + 2 + 1 + 1);
    assertThat(size(bpe, List.of("ab"), 30_000)).isEqualTo(4 + 256 + 1);
    assertThat(size(wordPiece, List.of(), 30_000)).isEqualTo(5);
    assertThat(size(bpe, List.of("", " \n"), 260)).isEqualTo(260);
  }

  @Test
  void whatHasNoRoomForTheCharactersIsRefused() {
    assertThatThrownBy(() -> wordPiece.train(List.of("ab ab"), 7))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "The vocabulary size 7 is too small: the texts have 3 characters, with the 5 special tokens"
                + " the least possible size is 8. Choose that or more.");
    assertThat(size(wordPiece, List.of("ab ab"), 8)).isEqualTo(8);
    assertThatThrownBy(() -> bpe.train(List.of("ab"), 259))
        .hasMessageContaining("least possible size is 260");
    assertThat(size(bpe, List.of("ab"), 260)).isEqualTo(260);
  }

  @Test
  void wordsAreSplitAsBertDoes() {
    assertThat(words(BertWords::of, "  Don't\tcafe\u0301 x\u0000y\u200b 世界 ΣΣ $5.00\u00a0½"))
        .containsExactly("don", "'", "t", "cafe", "xy", "世", "界", "σσ", "$", "5", ".", "00", "½");
    assertThat(words(BertWords::of, " \uFFFD\u0301 ")).isEmpty();
  }

  @Test
  void wordsAreSplitAsGpt2Does() {
    assertThat(words(ByteLevelWords::of, "I'm  in 2024!\n"))
        .containsExactly("I", "'m", "Ġ", "Ġin", "Ġ2024", "!", "Ċ");
    assertThat(words(ByteLevelWords::of, "é")).containsExactly("Ã©");
    assertThat(ByteLevelWords.alphabet()).hasSize(256).doesNotHaveDuplicates();
  }

  @Test
  void brokenTextsTrainToo() {
    List<String> texts = List.of("\uD83D red", "\u0000", "x".repeat(100_000), "\uDE00\uD83D");
    assertThat(size(bpe, texts, 270)).isEqualTo(270);
    assertThat(size(wordPiece, texts, 100)).isGreaterThan(10);
  }

  private static int size(TokenizerTrainer trainer, List<String> texts, int most) {
    return Tokenizers.of(trainer.train(texts, most), "trained").vocabulary().size();
  }

  private static List<String> words(WordCounts.Splitter splitter, String text) {
    List<String> words = new ArrayList<>();
    splitter.split(text, words::add);
    return words;
  }
}
