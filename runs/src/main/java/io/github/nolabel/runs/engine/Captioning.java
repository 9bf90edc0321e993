package io.github.nolabel.runs.engine;

import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.export.BackboneExporter;
import io.github.nolabel.api.train.DeviceSettings;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.api.train.TrainingRuntime;
import io.github.nolabel.api.view.Preprocessing;
import io.github.nolabel.data.CaptionPairs;
import io.github.nolabel.data.Dataset;
import io.github.nolabel.data.PreparedImages;
import io.github.nolabel.data.PreparedTexts;
import io.github.nolabel.evaluation.Perplexity;
import io.github.nolabel.evaluation.Probes;
import io.github.nolabel.evaluation.TokenCounts;
import io.github.nolabel.method.CompiledMethod;
import io.github.nolabel.text.Tokenizer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Asks how well the captions of held-out images are predicted from the images.
 *
 * @param training captions that were learnt from
 */
public record Captioning(
    CaptionPairs heldOut, List<String> training, Preprocessing preprocessing, Tokenizer tokenizer) {

  /** Perplexity of the held-out captions, given their images. */
  public static final String PERPLEXITY = "captionPerplexity";

  /** The same of the training captions' token counts, which know nothing else. */
  public static final String UNIGRAMS = "unigramPerplexity";

  /** The same where all tokens are equally likely. */
  public static final String VOCABULARY = "vocabularySize";

  private static final int MOST = 2000;
  private static final int NUMBERS = 1 << 23;

  /** Empty where no held-out image has a caption, or the method predicts none. */
  static Optional<Captioning> of(CompiledMethod method, Dataset data, Tokenizer tokenizer) {
    return isPossible(method)
        ? data.described()
            .map(
                images ->
                    new Captioning(
                        CaptionPairs.of(images, MOST),
                        RunTokenizer.captions(data.training()),
                        method.recipe().inputs().evaluation(),
                        tokenizer))
        : Optional.empty();
  }

  /** Whether the method learns to write captions. */
  public static boolean isPossible(CompiledMethod method) {
    return method.exporter().cuts().contains(BackboneExporter.DECODER);
  }

  /** The figures of a run at some of its weights. */
  Map<String, Double> ask(
      TrainedRun run,
      Map<String, Tensor> state,
      long step,
      TrainingRuntime runtime,
      DeviceSettings device) {
    try (Model decoder =
        runtime.model(run.export(state, step, BackboneExporter.DECODER).model(), device)) {
      return ask(decoder);
    }
  }

  /**
   * The figures by name.
   *
   * @param decoder from images and tokens to what follows each token
   */
  public Map<String, Double> ask(Model decoder) {
    PreparedTexts texts = PreparedTexts.of(heldOut.texts(), tokenizer, decoder);
    Map<String, Double> figures = new LinkedHashMap<>();
    figures.put(PERPLEXITY, perplexity(decoder, texts));
    figures.put(UNIGRAMS, unigrams(texts.length()));
    figures.put(VOCABULARY, (double) tokenizer.vocabulary().size());
    figures.put("captions", (double) heldOut.texts().size());
    return figures;
  }

  private double perplexity(Model decoder, PreparedTexts texts) {
    int batch = batchSize(texts.length());
    Iterator<Tensor> images =
        PreparedImages.of(heldOut.images(), preprocessing).batches(batch).iterator();
    Perplexity perplexity = new Perplexity();
    for (Map<String, Tensor> tokens : texts.batches(batch)) {
      Map<String, Tensor> inputs = new HashMap<>(tokens);
      inputs.put(TrainingProgram.IMAGES, images.next());
      perplexity.add(
          of(decoder.run(inputs), TrainingProgram.LOGITS),
          of(tokens, TrainingProgram.INPUT_IDS),
          of(tokens, TrainingProgram.ATTENTION_MASK));
    }
    return perplexity.value();
  }

  private double unigrams(int length) {
    TokenCounts counts = new TokenCounts(tokenizer.vocabulary().size());
    training.forEach(text -> counts.add(followers(text, length)));
    return counts.perplexity(
        heldOut.texts().stream().flatMap(text -> followers(text, length).stream()).toList());
  }

  /** All tokens but the first, which is given. */
  private List<Long> followers(String text, int length) {
    List<Long> ids = tokenizer.encode(text, length).ids();
    return ids.subList(Math.min(1, ids.size()), ids.size());
  }

  /** So that the logits of a batch stay small. */
  private int batchSize(int length) {
    long perText = (long) length * tokenizer.vocabulary().size();
    return (int) Math.max(1, Math.min(Probes.batchSize(preprocessing), NUMBERS / perText));
  }

  private static Tensor of(Map<String, Tensor> values, String name) {
    return Objects.requireNonNull(values.get(name), name);
  }
}
