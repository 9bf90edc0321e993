package io.github.nolabel.text;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.nolabel.api.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenizersTest {

  @TempDir Path folder;

  @Test
  void fileIsReadAndKept() throws IOException {
    byte[] json = Tokenizers.trainers().require("wordpiece").train(List.of("a red heart"), 100);
    Path file = Files.write(folder.resolve("tokenizer.json"), json);
    Tokenizer read = Tokenizers.read(file);
    assertThat(read.json()).isEqualTo(json);
    assertThat(read.encode("a red heart", 9))
        .isEqualTo(Tokenizers.of(json, "x").encode("a red heart", 9));
  }

  @Test
  void damagedFilesAreNamedWithTheReason() throws IOException {
    byte[] json = Tokenizers.trainers().require("bpe").train(List.of(), 260);
    refused("missing.json", null, "there is no such file");
    refused("empty.json", new byte[0], "it is empty");
    refused("text.json", "not a tokenizer".getBytes(UTF_8), "it is no JSON or breaks off");
    refused("binary.json", new byte[] {0, 1, 2, (byte) 0xFF}, "it is no JSON or breaks off");
    refused("cut.json", Arrays.copyOf(json, json.length / 2), "it is no JSON or breaks off");
    refused("blank.json", " \n".getBytes(UTF_8), "'model.vocab'");
    refused("list.json", "[1]".getBytes(UTF_8), "'model.vocab'");
    refused("other.json", "{\"model\":{\"type\":\"BPE\"}}".getBytes(UTF_8), "'model.vocab'");
    refused("none.json", "{\"model\":{\"vocab\":{}}}".getBytes(UTF_8), "vocabulary is empty");
    refused("id.json", "{\"model\":{\"vocab\":{\"a\":-1}}}".getBytes(UTF_8), "the id -1");
    refused(
        "kind.json",
        "{\"model\":{\"type\":\"X\",\"vocab\":{\"a\":0}}}".getBytes(UTF_8),
        "refuses it");
  }

  @Test
  void folderIsNoTokenizer() {
    assertThatThrownBy(() -> Tokenizers.read(folder))
        .isInstanceOf(UserMistake.class)
        .hasMessage(
            "Tokenizer '%s': it is a folder; expected a tokenizer.json as Hugging Face writes it. Name such a file.",
            folder);
  }

  @Test
  void trainersAreFoundByName() {
    assertThat(Tokenizers.trainers().all())
        .extracting(TokenizerTrainer::name)
        .containsExactly("bpe", "wordpiece");
    assertThat(Tokenizers.trainers().all()).allSatisfy(t -> assertThat(t.summary()).isNotBlank());
    assertThatThrownBy(() -> Tokenizers.trainers().require("wordpeice"))
        .hasMessage(
            "No tokenizer trainer 'wordpeice'. Did you mean 'wordpiece'? Available: bpe, wordpiece.");
  }

  private void refused(String name, byte @Nullable [] bytes, String reason) throws IOException {
    Path file = folder.resolve(name);
    if (bytes != null) {
      Files.write(file, bytes);
    }
    assertThatThrownBy(() -> Tokenizers.read(file))
        .isInstanceOf(UserMistake.class)
        .hasMessageStartingWith("Tokenizer '%s': ".formatted(file))
        .hasMessageContaining(reason)
        .hasMessageContaining("expected a tokenizer.json")
        .hasMessageEndingWith("file.");
  }
}
