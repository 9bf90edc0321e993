package io.github.nolabel.data;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.train.Model;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.evaluation.FeatureMatrix;
import io.github.nolabel.text.Tokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Texts as token ids, in batches.
 *
 * @param length tokens of each, padding included
 */
public record PreparedTexts(List<String> texts, Tokenizer tokenizer, int length) {

  public PreparedTexts {
    texts = List.copyOf(texts);
    Require.positive("length", length);
  }

  /** As {@code model} reads them: its {@link TrainingProgram#INPUT_IDS} says how long they are. */
  public static PreparedTexts of(List<String> texts, Tokenizer tokenizer, Model model) {
    int length =
        model.inputs().stream()
            .filter(input -> input.name().equals(TrainingProgram.INPUT_IDS))
            .map(input -> (int) input.shape().extent(1))
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("the model reads no texts: " + model.inputs()));
    return new PreparedTexts(texts, tokenizer, length);
  }

  /**
   * {@link TrainingProgram#INPUT_IDS} and {@link TrainingProgram#ATTENTION_MASK} of all texts, in
   * order; int64[n, length] each, the last n may be smaller.
   */
  public List<Map<String, Tensor>> batches(int batchSize) {
    List<Map<String, Tensor>> batches = new ArrayList<>();
    for (int first = 0; first < texts.size(); first += batchSize) {
      batches.add(batch(texts.subList(first, Math.min(texts.size(), first + batchSize))));
    }
    return batches;
  }

  /** The model's {@link TrainingProgram#FEATURES} of every text. */
  public FeatureMatrix features(Model model, int batchSize) {
    List<Tensor> parts = new ArrayList<>();
    for (Map<String, Tensor> batch : batches(batchSize)) {
      parts.add(Objects.requireNonNull(model.run(batch).get(TrainingProgram.FEATURES)).copy());
    }
    return FeatureMatrix.join(parts);
  }

  private Map<String, Tensor> batch(List<String> some) {
    Tensor ids = Tensor.zeros(ElementType.INT64, some.size(), length);
    Tensor mask = Tensor.zeros(ElementType.INT64, some.size(), length);
    PaddedText padded = new PaddedText(tokenizer, length);
    for (int row = 0; row < some.size(); row++) {
      padded.mark(padded.write(some.get(row), row, ids.longs()), row, mask.longs());
    }
    return Map.of(TrainingProgram.INPUT_IDS, ids, TrainingProgram.ATTENTION_MASK, mask);
  }
}
