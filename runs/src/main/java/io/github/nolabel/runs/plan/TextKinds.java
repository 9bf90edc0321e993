package io.github.nolabel.runs.plan;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.option.NamedServices;
import io.github.nolabel.api.option.RecordOptions;
import io.github.nolabel.api.option.Suggestions;
import io.github.nolabel.fragment.text.TextConfig;
import io.github.nolabel.fragment.text.TextEncoder;
import io.github.nolabel.fragment.text.TextEncoderProvider;
import io.github.nolabel.fragment.text.TextEncoders;
import io.github.nolabel.text.Tokenizer;
import io.github.nolabel.text.TokenizerTrainer;
import io.github.nolabel.text.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What may read a run's texts: tokenizers that are learnt from captions, and networks. */
public record TextKinds(
    NamedServices<TokenizerTrainer> tokenizers, NamedServices<TextEncoderProvider> networks) {

  /** What {@code loader} sees. */
  public static TextKinds of(ClassLoader loader) {
    return new TextKinds(Tokenizers.trainers(loader), TextEncoders.all(loader));
  }

  /**
   * Checks what can be known before the captions are read.
   *
   * @throws UserMistake if there is no such network, or the tokenizer is neither a kind nor a file
   */
  void check(TextConfig config) {
    if (trainer(config).isEmpty() && !Files.exists(Path.of(config.tokenizer()))) {
      List<String> kinds = tokenizers.all().stream().map(TokenizerTrainer::name).toList();
      throw new UserMistake(
          "text.tokenizer = '%s' is no kind of tokenizer and no file.%s Write %s, or the path of a tokenizer.json."
              .formatted(
                  config.tokenizer(),
                  Suggestions.didYouMean(config.tokenizer(), kinds),
                  String.join(" or ", kinds)));
    }
  }

  /**
   * The configuration with its network's name, which may come with a file as in {@code
   * onnx:bert.onnx}, and the fingerprint of the file.
   *
   * @throws UserMistake if there is no such network, or its file cannot be used
   */
  TextConfig pinned(TextConfig config) {
    int colon = config.network().indexOf(':');
    TextConfig plain =
        colon < 0
            ? config
            : RecordOptions.override(
                config,
                Map.of(
                    "network", config.network().substring(0, colon),
                    "weights", config.network().substring(colon + 1)));
    return networks.require(plain.network()).pinned(plain);
  }

  /** The files that the network is made from. */
  List<Path> files(TextConfig config) {
    return networks.require(config.network()).files(config);
  }

  /** The tokenizer that is wanted: the file's, or one that is learnt from {@code captions}. */
  public Tokenizer tokenizer(TextConfig config, Iterable<String> captions) {
    return trainer(config)
        .map(
            trainer ->
                Tokenizers.of(
                    trainer.train(captions, config.vocabularySize()),
                    "the learnt " + trainer.name()))
        .orElseGet(() -> Tokenizers.read(Path.of(config.tokenizer())));
  }

  /** The network that is wanted, for these tokens. */
  TextEncoder network(TextConfig config, Vocabulary vocabulary) {
    return networks.require(config.network()).create(config, vocabulary);
  }

  private Optional<TokenizerTrainer> trainer(TextConfig config) {
    String wanted = Suggestions.fold(config.tokenizer());
    return tokenizers.all().stream()
        .filter(kind -> Suggestions.fold(kind.name()).equals(wanted))
        .findFirst();
  }
}
