package io.github.nolabel.networks;

import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoderProvider;
import io.github.nolabel.networks.file.OnnxFile;
import java.nio.file.Path;
import java.util.List;

/** Registers text networks from ONNX files. */
public final class OnnxTextProvider implements TextEncoderProvider {

  @Override
  public String name() {
    return "onnx";
  }

  @Override
  public String summary() {
    return "A BERT-like ONNX file, made trainable again: onnx:PATH";
  }

  @Override
  public List<Path> files(TextConfig config) {
    return read(config).parts();
  }

  @Override
  public TextConfig pinned(TextConfig config) {
    return config.withSha256(read(config).sha256());
  }

  @Override
  public TextEncoder create(TextConfig config, Vocabulary vocabulary) {
    Require.that(
        config.width() == 0 && config.depth() == 0 && config.heads() == 0,
        "text.width, text.depth and text.heads are the file's: leave them at 0");
    OnnxFile file = read(config);
    TextInputs inputs = new TextInputs(file, config.length());
    inputs.vocabulary().ifPresent(words -> checkVocabulary(config, words, vocabulary.size()));
    return new OnnxTextEncoder(file, inputs, vocabulary, config.pooling());
  }

  private static void checkVocabulary(TextConfig config, long words, int tokens) {
    if (words != tokens) {
      throw new UserMistake(
          "%s has vectors for %,d tokens, the run's tokenizer has %,d tokens. Set text.tokenizer to the tokenizer.json that the weights were trained with."
              .formatted(config.weights(), words, tokens));
    }
  }

  private static OnnxFile read(TextConfig config) {
    Require.that(!config.weights().isEmpty(), "The text network 'onnx' needs a file: onnx:PATH.");
    return SupportedFile.read(config.weights(), config.sha256());
  }
}
