package io.github.nolabel.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trainers and Python's {@code tokenizers}; see {@code train_tokenizers.py}. */
class AgreementTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @ParameterizedTest
  @CsvSource({
    "wordpiece,600",
    "wordpiece,900",
    "wordpiece,100000",
    "bpe,300",
    "bpe,600",
    "bpe,100000"
  })
  void tokenizersAreThoseThatPythonTrains(String trainer, int size) throws IOException {
    JsonNode expected = expected(trainer, size).path("tokenizer");
    byte[] json = Tokenizers.trainers().require(trainer).train(corpus(), size);
    JsonNode actual = JSON.readTree(json);
    assertThat(actual.at("/model/vocab").properties())
        .containsExactlyInAnyOrderElementsOf(expected.at("/model/vocab").properties());
    assertThat(actual.at("/model/merges")).isEqualTo(expected.at("/model/merges"));
    assertThat(actual).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"wordpiece,600", "wordpiece,900", "bpe,300", "bpe,600"})
  void textsBecomeTheSameIds(String trainer, int size) throws IOException {
    byte[] json = Tokenizers.trainers().require(trainer).train(corpus(), size);
    Tokenizer tokenizer = Tokenizers.of(json, "trained here");
    for (JsonNode encoding : expected(trainer, size).path("encodings")) {
      List<Long> ids = new ArrayList<>();
      encoding.path("ids").forEach(id -> ids.add(id.longValue()));
      String text = encoding.path("text").textValue();
      assertThat(tokenizer.encode(text, 1000).ids()).as(text).isEqualTo(ids);
    }
  }

  @ParameterizedTest
  @CsvSource({"wordpiece,600", "bpe,600"})
  void theOrderOfTheTextsDoesNotMatter(String trainer, int size) throws IOException {
    List<String> shuffled = new ArrayList<>(corpus());
    Collections.shuffle(shuffled, new Random(1));
    TokenizerTrainer trains = Tokenizers.trainers().require(trainer);
    assertThat(trains.train(shuffled, size)).isEqualTo(trains.train(corpus(), size));
  }

  static List<String> corpus() throws IOException {
    return Arrays.asList(new String(bytes("corpus.txt"), UTF_8).split("\n", -1));
  }

  private static JsonNode expected(String trainer, int size) throws IOException {
    return JSON.readTree(bytes("%s-%d.json".formatted(trainer, size)));
  }

  private static byte[] bytes(String name) throws IOException {
    try (var in = AgreementTest.class.getResourceAsStream(name)) {
      return in.readAllBytes();
    }
  }
}
