package io.github.nolabel.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.text.Tokenizer.Encoded;
import java.io.IOException;
import java.text.Normalizer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HuggingFaceTest {

  private static final List<String> ALL_SCRIPTS =
      List.of(
          "Ωμέγα",
          "Привет",
          "שָׁלוֹם",
          "السَّلَامُ",
          "नमस्ते",
          "สวัสดี",
          "안녕",
          "世界",
          "👩‍💻🇩🇪❤️",
          "𝔘𝔫𝔦",
          "\u202e\u0300");

  private static byte[] wordPieceJson = new byte[0];
  private static Tokenizer wordPiece;
  private static Tokenizer bpe;

  @BeforeAll
  static void train() throws IOException {
    wordPieceJson =
        Tokenizers.trainers()
            .require("wordpiece")
            .train(List.of("a red heart, hidden", "the hat is dear to her"), 60);
    wordPiece = Tokenizers.of(wordPieceJson, "wordpiece");
    bpe =
        Tokenizers.of(
            Tokenizers.trainers().require("bpe").train(AgreementTest.corpus(), 600), "bpe");
  }

  @Test
  void specialTokensAreFoundByName() {
    int size = wordPiece.vocabulary().size();
    assertThat(wordPiece.vocabulary()).isEqualTo(new Vocabulary(size, 0, 1, 2, 3, 4));
    assertThat(bpe.vocabulary()).isEqualTo(new Vocabulary(600, 0, Vocabulary.NONE, 1, 2, 3));
  }

  @Test
  void withoutPaddingTokenTheEndPads() {
    String clip =
        "{\"model\":{\"type\":\"BPE\",\"vocab\":{\"a\":0},\"merges\":[]},\"added_tokens\":["
            + added(5, "<|startoftext|>")
            + ","
            + added(7, "<|endoftext|>")
            + "]}";
    assertThat(new TokenizerFile("clip").vocabulary(clip.getBytes(UTF_8)))
        .isEqualTo(new Vocabulary(8, 7, Vocabulary.NONE, 5, 7, Vocabulary.NONE));
  }

  @Test
  void vocabularyMayBeAList() {
    String unigram =
        "{\"model\":{\"type\":\"Unigram\",\"unk_id\":1,\"vocab\":[[\"<pad>\",0.0],[\"<unk>\",0.0],[\"a\",-1.5]]}}";
    Tokenizer tokenizer = Tokenizers.of(unigram.getBytes(UTF_8), "unigram");
    int none = Vocabulary.NONE;
    assertThat(tokenizer.vocabulary()).isEqualTo(new Vocabulary(3, 0, 1, none, none, none));
    assertThat(tokenizer.encode("a", 5)).isEqualTo(new Encoded(List.of(2L), false));
  }

  @Test
  void textStandsBetweenStartAndEnd() {
    for (Tokenizer tokenizer : List.of(wordPiece, bpe)) {
      long start = tokenizer.vocabulary().start();
      long end = tokenizer.vocabulary().end();
      assertThat(tokenizer.encode("", 9)).isEqualTo(new Encoded(List.of(start, end), false));
      assertThat(tokenizer.encode("red", 99).ids())
          .startsWith(start)
          .endsWith(end)
          .hasSizeGreaterThan(2);
    }
  }

  @Test
  void longTextIsCutBeforeTheEndToken() {
    List<Long> whole = bpe.encode("a red heart on a hat", 99).ids();
    assertThat(bpe.encode("a red heart on a hat", 1)).isEqualTo(new Encoded(List.of(2L), true));
    for (int length = 2; length < whole.size(); length++) {
      Encoded cut = bpe.encode("a red heart on a hat", length);
      assertThat(cut.cut()).isTrue();
      assertThat(cut.ids())
          .hasSize(length)
          .endsWith(2L)
          .startsWith(whole.subList(0, length - 1).toArray(Long[]::new));
    }
    assertThat(bpe.encode("a red heart on a hat", whole.size()))
        .isEqualTo(new Encoded(whole, false));
    assertThatThrownBy(() -> bpe.encode("a", 0))
        .isInstanceOf(UserMistake.class)
        .hasMessage("length must be positive, got 0");
  }

  @Test
  void truncationAndPaddingOfTheFileDoNotCount() {
    String json =
        new String(wordPieceJson, UTF_8)
            .replace(
                "\"truncation\" : null",
                "\"truncation\":{\"direction\":\"Right\",\"max_length\":4,\"strategy\":\"LongestFirst\",\"stride\":0}")
            .replace(
                "\"padding\" : null",
                "\"padding\":{\"strategy\":{\"Fixed\":30},\"direction\":\"Right\",\"pad_to_multiple_of\":null,\"pad_id\":0,\"pad_type_id\":0,\"pad_token\":\"[PAD]\"}");
    assertThat(json).contains("max_length", "Fixed");
    Tokenizer tokenizer = Tokenizers.of(json.getBytes(UTF_8), "sentence transformer");
    assertThat(tokenizer.encode("a red heart, hidden", 64))
        .isEqualTo(wordPiece.encode("a red heart, hidden", 64));
  }

  @Test
  void lowerCaseTextComesBack() {
    assertThat(wordPiece.decode(ids(wordPiece, "the red hat, hidden")))
        .isEqualTo("the red hat, hidden");
    for (String text :
        List.of("the red hat", " two  spaces\tand\ntabs", "émoji 👩‍💻 世界", "x'll ~`{}|")) {
      assertThat(bpe.decode(ids(bpe, text))).isEqualTo(text);
    }
    assertThat(bpe.decode()).isEmpty();
    assertThatThrownBy(() -> bpe.decode(600)).hasMessage("the token id 600 is not in [0, 600)");
  }

  @Test
  void whatWasNeverSeenIsUnknown() {
    assertThat(ALL_SCRIPTS)
        .filteredOn(text -> !text.startsWith("\u202e"))
        .allSatisfy(
            text -> assertThat(wordPiece.encode(text, 99).ids()).contains(1L).doesNotContain(0L));
    assertThat(wordPiece.encode("\u202e\u0300", 99).ids()).containsExactly(2L, 3L);
    assertThat(ALL_SCRIPTS)
        .allSatisfy(
            text ->
                assertThat(bpe.decode(ids(bpe, text)))
                    .isEqualTo(Normalizer.normalize(text, Normalizer.Form.NFC)));
  }

  @Test
  void brokenTextsAreTexts() {
    assertThat(bpe.decode(ids(bpe, "a\u0000b"))).isEqualTo("a\u0000b");
    assertThat(bpe.decode(ids(bpe, "a\uD83Db\uDE00 😀"))).isEqualTo("a\uFFFDb\uFFFD 😀");
    assertThat(wordPiece.encode("\uDE00red\uD83D\u0000", 9)).isEqualTo(wordPiece.encode("red", 9));
  }

  @Test
  void millionCharactersAreCut() {
    for (String part : List.of("x", "red ", "😀", "世", "\u0000", "\uD83D")) {
      for (Tokenizer tokenizer : List.of(wordPiece, bpe)) {
        Encoded encoded = tokenizer.encode(part.repeat(1_000_000 / part.length()), 77);
        assertThat(encoded.cut()).isTrue();
        assertThat(encoded.ids())
            .hasSizeLessThanOrEqualTo(77)
            .endsWith((long) tokenizer.vocabulary().end());
      }
    }
    assertThat(bpe.encode("red" + " ".repeat(1_000_000), 77).ids()).startsWith(ids(bpe, "red")[0]);
    assertThat(wordPiece.encode("red" + " ".repeat(1_000_000), 77).ids())
        .isEqualTo(wordPiece.encode("red", 77).ids());
  }

  @Test
  void manyThreadsMayEncode() {
    Encoded expected = bpe.encode("a red heart", 9);
    assertThat(IntStream.range(0, 2000).parallel().mapToObj(i -> bpe.encode("a red heart", 9)))
        .containsOnly(expected);
  }

  private static long[] ids(Tokenizer tokenizer, String text) {
    return tokenizer.encode(text, 999).ids().stream().mapToLong(Long::longValue).toArray();
  }

  private static String added(int id, String token) {
    return "{\"id\":%d,\"content\":\"%s\",\"special\":true}".formatted(id, token);
  }
}
