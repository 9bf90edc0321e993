package io.github.nolabel.inference;

import io.github.nolabel.api.UserMistake;
import io.github.nolabel.inference.generate.CaptionWriter;
import io.github.nolabel.inference.generate.Generation;
import io.github.nolabel.text.Tokenizer;
import io.github.nolabel.text.Tokenizers;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network that Nolabel exported, images to captions: the {@code decoder.onnx} of a run such as
 * {@code simvlm}. Any number of threads may use one of them at the same time; close it when the
 * last of them is done.
 */
public final class ExportedCaptioner implements AutoCloseable {

  private final FeatureSession session;
  private final ModelCard card;
  private final CaptionWriter writer;

  private ExportedCaptioner(FeatureSession session, ModelCard card, CaptionWriter writer) {
    this.session = session;
    this.card = card;
    this.writer = writer;
  }

  /**
   * Opens an exported file with the {@code tokenizer.json} beside it.
   *
   * @throws UserMistake if a file is missing or of another kind, both do not know the same number
   *     of tokens, or ONNX Runtime is not on the class path
   */
  public static ExportedCaptioner open(Path decoderOnnx) {
    FeatureSession session = ModelFiles.open(decoderOnnx, "the decoder.onnx of a run");
    try {
      ModelCard card = ModelCard.of(session.metadata(), decoderOnnx);
      FeatureSession.DecoderShape shape = session.decoderShape(card.preprocessing().size());
      Tokenizer tokenizer = tokenizer(decoderOnnx, shape.vocabulary());
      return new ExportedCaptioner(
          session, card, new CaptionWriter(tokenizer, shape.length(), session::logits));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
  }

  /** How images are prepared for it, and where it comes from. */
  public ModelCard card() {
    return card;
  }

  /** Tokens of a caption at most, start and end included. */
  public int length() {
    return writer.length();
  }

  /**
   * What an image file shows, in words.
   *
   * @throws UserMistake if it cannot be read or decoded
   */
  public String caption(Path image, Generation how) {
    return writer.write(ImageFiles.prepared(image, card.preprocessing()), how);
  }

  /**
   * What a picture in memory shows, in words.
   *
   * @throws UserMistake if it is too large or of an unsupported kind
   */
  public String caption(BufferedImage image, Generation how) {
    return writer.write(ImageFiles.prepared("the picture", image, card.preprocessing()), how);
  }

  /**
   * The caption of an image file as token ids, start and end included.
   *
   * @throws UserMistake if it cannot be read or decoded
   */
  public long[] tokens(Path image, Generation how) {
    return writer.tokens(ImageFiles.prepared(image, card.preprocessing()), how);
  }

  @Override
  public void close() {
    session.close();
  }

  private static Tokenizer tokenizer(Path decoderOnnx, int tokens) {
    Path file = decoderOnnx.resolveSibling("tokenizer.json");
    if (!Files.exists(file)) {
      throw new UserMistake(
          "There is no tokenizer.json beside '%s'; copy that of the run there."
              .formatted(decoderOnnx));
    }
    Tokenizer tokenizer = Tokenizers.read(file);
    int known = tokenizer.vocabulary().size();
    if (known != tokens) {
      throw new UserMistake(
          "'%s' knows %,d tokens, but '%s' %,d; keep the tokenizer.json of the run beside it."
              .formatted(decoderOnnx, tokens, file, known));
    }
    return tokenizer;
  }
}
