package io.github.nolabel.inference.generate;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.text.Tokenizer;
import java.util.Map;
import java.util.function.Function;

/**
 * Writes what an image shows, with a decoder that any runtime may run.
 *
 * @param length L, tokens that the decoder reads
 * @param decoder from {@link TrainingProgram#IMAGES} float[1, 3, S, S], {@link
 *     TrainingProgram#INPUT_IDS} and {@link TrainingProgram#ATTENTION_MASK} int64[1, L] to {@link
 *     TrainingProgram#LOGITS} float[1, L, V]
 */
public record CaptionWriter(
    Tokenizer tokenizer, int length, Function<Map<String, Tensor>, Tensor> decoder) {

  public CaptionWriter {
    Require.positive("length", length);
    if (tokenizer.vocabulary().start() == Vocabulary.NONE) {
      throw new UserMistake("The tokenizer has no start token, so no caption can begin.");
    }
  }

  /**
   * The caption of an image.
   *
   * @param image float[1, 3, S, S], prepared
   */
  public String write(Tensor image, Generation how) {
    return tokenizer.decode(tokens(image, how));
  }

  /** The same as token ids, the start among them, and the end if it came within L tokens. */
  public long[] tokens(Tensor image, Generation how) {
    if (length == 1) {
      return new long[] {tokenizer.vocabulary().start()};
    }
    Generation within = how.withMaxTokens(Math.min(how.maxTokens(), length - 1));
    return new Generator(within).generate(ids -> next(image, ids), tokenizer.vocabulary());
  }

  private float[] next(Tensor image, long[] written) {
    Tensor ids = Tensor.zeros(ElementType.INT64, 1, length);
    Tensor mask = Tensor.zeros(ElementType.INT64, 1, length);
    for (int i = 0; i < length; i++) {
      boolean token = i < written.length;
      ids.longs().put(i, token ? written[i] : tokenizer.vocabulary().padding());
      mask.longs().put(i, token ? 1 : 0);
    }
    Tensor logits =
        decoder.apply(
            Map.of(
                TrainingProgram.IMAGES, image,
                TrainingProgram.INPUT_IDS, ids,
                TrainingProgram.ATTENTION_MASK, mask));
    float[] next = new float[(int) logits.shape().extent(2)];
    logits.floats().get((written.length - 1) * next.length, next);
    return next;
  }
}
