package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.data.CaptionPairs;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.JoinedImages;
import io.github.nolabel.data.PreparedTexts;
import io.github.nolabel.evaluation.HiddenWords;
import io.github.nolabel.evaluation.TokenCounts;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.text.Tokenizer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Asks methods that read an image and a text together whether they belong together, and which word
 * of the text was hidden.
 *
 * @param length of a text in tokens
 */
public record PairQuestions(
    CaptionPairs heldOut, List<String> training, Tokenizer tokenizer, int length) {

  /** The share of hidden words that were guessed, given the image and the rest of the caption. */
  public static final String HIDDEN_ACCURACY = "hiddenWordAccuracy";

  /** The share of them that are the most frequent word of the training captions. */
  public static final String FREQUENT_ACCURACY = "frequentWordAccuracy";

  /** Perplexity of the hidden words. */
  public static final String HIDDEN_PERPLEXITY = "hiddenWordPerplexity";

  /** The same of the training captions' word counts, which know nothing else. */
  public static final String COUNTS_PERPLEXITY = "wordCountPerplexity";

  /**
   * The share of images whose own caption is judged more likely to belong to them than another's;
   * an equal judgement counts as one half, which is what guessing has.
   */
  public static final String MATCH_ACCURACY = "matchAccuracy";

  private static final int MOST = 2000;
  private static final int NUMBERS = 1 << 23;
  private static final int BATCH = 64;

  /** Empty where no held-out image has a caption, or the method judges no pairs. */
  static Optional<PairQuestions> of(
      CompiledMethod method, Dataset data, Tokenizer tokenizer, int length) {
    return isPossible(method)
        ? data.described()
            .map(
                images ->
                    new PairQuestions(
                        CaptionPairs.of(images, MOST),
                        RunTokenizer.captions(data.training()),
                        tokenizer,
                        length))
        : Optional.empty();
  }

  /** Whether the method guesses hidden words, or tells whose caption it is. */
  static boolean isPossible(CompiledMethod method) {
    List<String> cuts = method.exporter().cuts();
    return cuts.contains(BackboneExporter.WORDS) || cuts.contains(BackboneExporter.MATCH);
  }

  /** The figures of a run at some of its weights; none of questions that it cannot answer. */
  Map<String, Double> ask(
      TrainedRun run,
      Map<String, Tensor> state,
      long step,
      TrainingRuntime runtime,
      DeviceSettings device) {
    List<String> cuts = run.method().exporter().cuts();
    Map<String, Double> figures = new LinkedHashMap<>();
    if (cuts.contains(BackboneExporter.WORDS)) {
      try (PairModel model =
          PairModel.open(run, state, step, BackboneExporter.WORDS, runtime, device)) {
        figures.putAll(hidden(model));
      }
    }
    if (cuts.contains(BackboneExporter.MATCH)) {
      try (PairModel model =
          PairModel.open(run, state, step, BackboneExporter.MATCH, runtime, device)) {
        figures.put(MATCH_ACCURACY, matched(model));
      }
    }
    return figures;
  }

  private Map<String, Double> hidden(PairModel model) {
    HiddenWords words = HiddenWords.of(ids(heldOut.texts()), tokenizer.vocabulary()).atMost(MOST);
    HiddenWords.Guesses guesses = guesses(model, words);
    TokenCounts counts = new TokenCounts(tokenizer.vocabulary().size());
    counts.add(HiddenWords.of(ids(training), tokenizer.vocabulary()).tokens());
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(HIDDEN_ACCURACY, guesses.accuracy());
    figures.put(FREQUENT_ACCURACY, counts.accuracy(words.tokens()));
    figures.put(HIDDEN_PERPLEXITY, guesses.perplexity());
    figures.put(COUNTS_PERPLEXITY, counts.perplexity(words.tokens()));
    return figures;
  }

  private HiddenWords.Guesses guesses(PairModel model, HiddenWords words) {
    int[] rows = words.places().stream().mapToInt(HiddenWords.Place::text).toArray();
    List<String> texts = IntStream.of(rows).mapToObj(heldOut.texts()::get).toList();
    int batchSize = batchSize();
    Iterator<Map<String, Tensor>> sights =
        model.sights(JoinedImages.choose(heldOut.images(), rows), batchSize);
    HiddenWords.Guesses guesses = new HiddenWords.Guesses();
    int first = 0;
    for (Map<String, Tensor> batch : batches(texts, batchSize)) {
      Tensor ids = Objects.requireNonNull(batch.get(TrainingProgram.INPUT_IDS));
      words.hide(first, ids);
      guesses.add(words, first, model.apply(sights.next(), batch));
      first += (int) ids.shape().extent(0);
    }
    return guesses;
  }

  private double matched(PairModel model) {
    List<Float> own = judged(model, 0);
    List<Float> others = judged(model, Math.max(1, heldOut.texts().size() / 2));
    return IntStream.range(0, own.size())
        .mapToDouble(i -> (1 + Math.signum(own.get(i) - others.get(i))) / 2)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * How likely each image and the caption so many rows further are to belong together, as a
   * probability.
   */
  private List<Float> judged(PairModel model, int further) {
    int size = heldOut.texts().size();
    List<String> texts =
        IntStream.range(0, size).mapToObj(i -> heldOut.texts().get((i + further) % size)).toList();
    Iterator<Map<String, Tensor>> sights = model.sights(heldOut.images(), BATCH);
    List<Float> judged = new ArrayList<>();
    for (Map<String, Tensor> batch : batches(texts, BATCH)) {
      for (float probability : model.apply(sights.next(), batch).toFloats()) {
        judged.add(probability);
      }
    }
    return judged;
  }

  private List<Map<String, Tensor>> batches(List<String> texts, int batchSize) {
    return new PreparedTexts(texts, tokenizer, length).batches(batchSize);
  }

  private List<List<Long>> ids(List<String> texts) {
    return texts.stream().map(text -> tokenizer.encode(text, length).ids()).toList();
  }

  /** So that the logits of a batch stay small. */
  private int batchSize() {
    long perText = (long) length * tokenizer.vocabulary().size();
    return (int) Math.max(1, Math.min(BATCH, NUMBERS / perText));
  }
}
