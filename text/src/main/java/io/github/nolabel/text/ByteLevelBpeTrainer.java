package io.github.nolabel.text;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Pieces of texts as bytes, as RoBERTa has them: every text can be written and read back. */
public final class ByteLevelBpeTrainer implements TokenizerTrainer {

  private static final List<String> SPECIAL = List.of("<pad>", "<s>", "</s>", "<mask>");

  @Override
  public String name() {
    return "bpe";
  }

  @Override
  public String summary() {
    return "pieces of texts byte by byte, as in RoBERTa; keeps case, nothing is unknown";
  }

  @Override
  public byte[] train(Iterable<String> texts, int vocabularySize) {
    Map<List<String>, Long> words =
        WordCounts.of(texts, ByteLevelWords::of, WordCounts::characters);
    List<String> first =
        Stream.concat(SPECIAL.stream(), ByteLevelWords.alphabet().stream()).toList();
    WordCounts.requireRoom(first, vocabularySize, SPECIAL.size());
    MergeTrainer trained = new MergeTrainer("", first).learn(words, vocabularySize);
    return new TokenizerJson(SPECIAL, "<s>", "</s>")
        .write(Map.of("type", "NFC"), byteLevel(false), byteLevel(true), model(trained));
  }

  private static Map<String, ?> byteLevel(boolean prefixSpace) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("type", "ByteLevel");
    part.put("add_prefix_space", prefixSpace);
    part.put("trim_offsets", true);
    part.put("use_regex", true);
    return part;
  }

  private static Map<String, ?> model(MergeTrainer trained) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "BPE");
    model.put("dropout", null);
    model.put("unk_token", null);
    model.put("continuing_subword_prefix", null);
    model.put("end_of_word_suffix", null);
    model.put("fuse_unk", false);
    model.put("byte_fallback", false);
    model.put("ignore_merges", false);
    model.put("vocab", trained.vocabulary());
    model.put("merges", trained.merges());
    return model;
  }
}
