package io.github.nolabel.runs.engine;

import io.github.nolabel.api.file.OutputFiles;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.provenance.Fingerprint;
import io.github.nolabel.data.ImageDataset;
import io.github.nolabel.runs.plan.ResolvedPlan;
import io.github.nolabel.runs.plan.RunSettings;
import io.github.nolabel.text.Tokenizer;
import io.github.nolabel.text.Tokenizers;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** The tokenizer of a run: made once, kept in the run's folder. */
public record RunTokenizer(Tokenizer tokenizer) {

  /** The name under which methods ask for it. */
  private static final String NAME = "text";

  /**
   * That of the folder, or a new one; empty if the run reads no texts.
   *
   * @param training images with captions, to learn a vocabulary from
   */
  static Optional<RunTokenizer> of(
      ResolvedPlan plan, RunDirectory folder, ImageDataset training, Consumer<String> notices) {
    Optional<RunTokenizer> kept = read(plan.settings(), folder);
    return kept.isPresent() || plan.settings().texts().isEmpty()
        ? kept
        : Optional.of(made(plan, captions(training), notices));
  }

  /** What the folder of a run keeps; empty if it keeps none. */
  public static Optional<RunTokenizer> read(RunSettings settings, RunDirectory folder) {
    return settings.texts().isPresent() && Files.exists(folder.tokenizer())
        ? Optional.of(new RunTokenizer(Tokenizers.read(folder.tokenizer())))
        : Optional.empty();
  }

  /** The vocabulary of {@code kept}, for a run that was trained. */
  static Optional<Vocabulary> vocabulary(Optional<RunTokenizer> kept) {
    return kept.map(run -> run.tokenizer().vocabulary());
  }

  private static RunTokenizer made(
      ResolvedPlan plan, List<String> captions, Consumer<String> notices) {
    Tokenizer tokenizer = plan.tokenizer(captions).orElseThrow();
    int length = plan.settings().texts().orElseThrow().length();
    long cut = captions.stream().filter(text -> tokenizer.encode(text, length).cut()).count();
    notices.accept(
        "%,d captions, %,d of them different, in a vocabulary of %,d tokens."
            .formatted(
                captions.size(),
                captions.stream().distinct().count(),
                tokenizer.vocabulary().size()));
    if (cut > 0) {
      notices.accept(
          "%,d captions are longer than text.length = %d tokens; their ends are cut off."
              .formatted(cut, length));
    }
    return new RunTokenizer(tokenizer);
  }

  /** All captions of all images. */
  static List<String> captions(ImageDataset images) {
    return IntStream.range(0, images.size())
        .mapToObj(images::captions)
        .flatMap(List::stream)
        .toList();
  }

  Map<String, Tokenizer> byName() {
    return Map.of(NAME, tokenizer);
  }

  String fingerprint() {
    return new Fingerprint().add(tokenizer.json()).hex();
  }

  void keep(RunDirectory folder, OutputFiles files) {
    if (!Files.exists(folder.tokenizer())) {
      files.write(folder.tokenizer(), tokenizer.json());
    }
  }
}
