package io.github.nolabel.text;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import io.github.nolabel.api.Require;
import io.github.nolabel.api.UserMistake;
import io.github.nolabel.api.input.Vocabulary;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A tokenizer that the Hugging Face library runs. */
final class HuggingFace implements Tokenizer {

  private static final Map<String, String> WHOLE_TEXTS =
      Map.of("truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer library;
  private final Vocabulary vocabulary;
  private final byte[] json;

  private HuggingFace(HuggingFaceTokenizer library, Vocabulary vocabulary, byte[] json) {
    this.library = library;
    this.vocabulary = vocabulary;
    this.json = json;
  }

  static HuggingFace of(byte[] json, String where) {
    Vocabulary vocabulary = new TokenizerFile(where).vocabulary(json);
    NativeLibrary.load();
    try {
      HuggingFaceTokenizer library =
          NativeLibrary.offline(
              () -> HuggingFaceTokenizer.newInstance(new ByteArrayInputStream(json), WHOLE_TEXTS));
      return new HuggingFace(library, vocabulary, json);
    } catch (Exception e) {
      throw new UserMistake(
          "Tokenizer '%s': the Hugging Face library refuses it (%s); expected a tokenizer.json."
                  .formatted(where, e.getMessage())
              + " Save it again or name another file.",
          e);
    }
  }

  @Override
  public Vocabulary vocabulary() {
    return vocabulary;
  }

  @Override
  public Encoded encode(String text, int length) {
    Require.positive("length", length);
    String clean = Texts.withoutLoneSurrogates(text);
    String start = Texts.start(clean, length);
    long[] ids = library.encode(start, true, false).getIds();
    boolean cut = ids.length > length || start.length() < clean.length();
    return new Encoded(ids.length > length ? cut(ids, length) : list(ids), cut);
  }

  @Override
  public String decode(long... ids) {
    for (long id : ids) {
      Require.that(
          id >= 0 && id < vocabulary.size(),
          "the token id %d is not in [0, %d)".formatted(id, vocabulary.size()));
    }
    return ids.length == 0 ? "" : library.decode(ids, true);
  }

  @Override
  public byte[] json() {
    return json.clone();
  }

  private List<Long> cut(long[] ids, int length) {
    long[] kept = Arrays.copyOf(ids, length);
    if (ids[ids.length - 1] == vocabulary.end()) {
      kept[length - 1] = vocabulary.end();
    }
    return list(kept);
  }

  private static List<Long> list(long[] ids) {
    return Arrays.stream(ids).boxed().toList();
  }
}
