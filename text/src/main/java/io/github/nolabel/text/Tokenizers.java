package io.github.nolabel.text;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.option.NamedServices;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;

/** The front door: a {@code tokenizer.json} in, a tokenizer out. */
public final class Tokenizers {

  private Tokenizers() {}

  /**
   * The tokenizer of a {@code tokenizer.json} as Hugging Face writes it. Nothing is downloaded.
   *
   * @throws UserMistake if there is no such file or it holds no tokenizer
   */
  public static Tokenizer read(Path tokenizerJson) {
    if (!Files.exists(tokenizerJson)) {
      throw unreadable(tokenizerJson, "there is no such file");
    }
    if (Files.isDirectory(tokenizerJson)) {
      throw unreadable(tokenizerJson, "it is a folder");
    }
    try {
      return of(Files.readAllBytes(tokenizerJson), tokenizerJson.toString());
    } catch (IOException e) {
      throw unreadable(tokenizerJson, "it cannot be read (" + e.getMessage() + ")");
    }
  }

  /**
   * The tokenizer of these bytes of a {@code tokenizer.json}.
   *
   * @param where names the bytes in messages
   * @throws UserMistake if the bytes are no tokenizer
   */
  public static Tokenizer of(byte[] json, String where) {
    return HuggingFace.of(json.clone(), where);
  }

  /** The ways to train a tokenizer that the class path of Nolabel offers. */
  public static NamedServices<TokenizerTrainer> trainers() {
    return trainers(Tokenizers.class.getClassLoader());
  }

  /** The ways to train a tokenizer that {@code loader} sees. */
  public static NamedServices<TokenizerTrainer> trainers(ClassLoader loader) {
    return NamedServices.index(
        "tokenizer trainer", ServiceLoader.load(TokenizerTrainer.class, loader));
  }

  private static UserMistake unreadable(Path file, String reason) {
    return new UserMistake(
        "Tokenizer '%s': %s; expected a tokenizer.json as Hugging Face writes it. Name such a file."
            .formatted(file, reason));
  }
}
