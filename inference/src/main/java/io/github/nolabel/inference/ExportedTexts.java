package io.github.nolabel.inference;

import io.github.nolabel.api.ElementType;
import io.github.nolabel.api.NolabelException;
import io.github.nolabel.api.Tensor;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.train.TrainingProgram;
import io.github.nolabel.data.PreparedTexts;
import io.github.nolabel.text.Tokenizer;
import io.github.nolabel.text.Tokenizers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A network for texts that Nolabel exported, texts to unit vectors: the {@code text.onnx} of a run.
 * They share a space with those of the same run's {@code image.onnx}, which {@link
 * ExportedBackbone} opens. Any number of threads may embed with one of them at the same time; close
 * it when the last of them is done.
 */
public final class ExportedTexts implements AutoCloseable {

  /** How many texts are in memory as tokens at a time. */
  private static final int BATCH = 256;

  private final FeatureSession session;
  private final FeatureSession.TextShape shape;
  private final Tokenizer tokenizer;

  private ExportedTexts(
      FeatureSession session, FeatureSession.TextShape shape, Tokenizer tokenizer) {
    this.session = session;
    this.shape = shape;
    this.tokenizer = tokenizer;
  }

  /**
   * Opens an exported file with the {@code tokenizer.json} beside it.
   *
   * @throws UserMistake as {@link #open(Path, Path)}
   */
  public static ExportedTexts open(Path textOnnx) {
    Path tokenizer = textOnnx.resolveSibling("tokenizer.json");
    if (Files.isRegularFile(textOnnx) && !Files.exists(tokenizer)) {
      throw new UserMistake(
          "There is no tokenizer.json beside '%s'; copy that of the run there, or name it."
              .formatted(textOnnx));
    }
    return open(textOnnx, tokenizer);
  }

  /**
   * Opens an exported file with the tokenizer that it was trained with.
   *
   * @throws UserMistake if a file is missing or of another kind, the model knows fewer tokens than
   *     the tokenizer, or ONNX Runtime is not on the class path
   */
  public static ExportedTexts open(Path textOnnx, Path tokenizer) {
    FeatureSession session = ModelFiles.open(textOnnx, "the text.onnx of a run");
    try {
      FeatureSession.TextShape shape = session.textShape();
      ExportedTexts texts = new ExportedTexts(session, shape, Tokenizers.read(tokenizer));
      texts.requireKnownTokens(textOnnx, tokenizer);
      return texts;
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** Features per text. */
  public int featureWidth() {
    return shape.featureWidth();
  }

  /** Tokens that are read of a text, special ones included; what is longer is cut. */
  public int length() {
    return shape.length();
  }

  /** The features of a text, a unit vector. */
  public float[] embed(String text) {
    return embed(List.of(text))[0];
  }

  /** The features of each text, in their order. */
  public float[][] embed(List<String> texts) {
    List<float[]> features = new ArrayList<>(texts.size());
    new PreparedTexts(texts, tokenizer, length())
        .batches(BATCH)
        .forEach(batch -> features.addAll(List.of(session.features(batch))));
    return features.toArray(float[][]::new);
  }

  @Override
  public void close() {
    session.close();
  }

  /** Lets the model read the last token, as the file does not say how many it knows. */
  private void requireKnownTokens(Path textOnnx, Path file) {
    int tokens = tokenizer.vocabulary().size();
    Tensor ids = Tensor.zeros(ElementType.INT64, 1, length());
    Tensor mask = Tensor.zeros(ElementType.INT64, 1, length());
    ids.longs().put(0, tokens - 1);
    mask.longs().put(0, 1);
    try {
      session.features(
          Map.of(TrainingProgram.INPUT_IDS, ids, TrainingProgram.ATTENTION_MASK, mask));
    } catch (NolabelException e) {
      throw new UserMistake(
          "'%s' does not know all %,d tokens of '%s' (%s); name the tokenizer.json of its run."
              .formatted(textOnnx, tokens, file, e.getMessage()),
          e);
    }
  }
}
