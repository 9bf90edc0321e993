package io.github.nolabel.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Words and pieces of words, lower-case and without accents, as BERT has them. */
public final class WordPieceTrainer implements TokenizerTrainer {

  private static final String PREFIX = "##";
  private static final List<String> SPECIAL = List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]");

  @Override
  public String name() {
    return "wordpiece";
  }

  @Override
  public String summary() {
    return "lower-case words and pieces of words, as in BERT; what it never saw is unknown";
  }

  @Override
  public byte[] train(Iterable<String> texts, int vocabularySize) {
    Map<List<String>, Long> words = WordCounts.of(texts, BertWords::of, WordPieceTrainer::symbols);
    List<String> first = first(words);
    WordCounts.requireRoom(first, vocabularySize, SPECIAL.size());
    MergeTrainer trained = new MergeTrainer(PREFIX, first).learn(words, vocabularySize);
    return new TokenizerJson(SPECIAL, "[CLS]", "[SEP]")
        .write(normalizer(), Map.of("type", "BertPreTokenizer"), decoder(), model(trained));
  }

  /** Special tokens, then all characters, then those that go on with a word. */
  private static List<String> first(Map<List<String>, Long> words) {
    TreeSet<String> starts = new TreeSet<>(WordCounts.BY_CODE_POINT);
    TreeSet<String> others = new TreeSet<>(WordCounts.BY_CODE_POINT);
    for (List<String> word : words.keySet()) {
      starts.add(word.get(0));
      for (String symbol : word.subList(1, word.size())) {
        starts.add(symbol.substring(PREFIX.length()));
        others.add(symbol);
      }
    }
    return Stream.of(SPECIAL, starts, others).flatMap(tokens -> tokens.stream()).toList();
  }

  private static List<String> symbols(String word) {
    List<String> characters = new ArrayList<>(WordCounts.characters(word));
    IntStream.range(1, characters.size())
        .forEach(at -> characters.set(at, PREFIX + characters.get(at)));
    return characters;
  }

  private static Map<String, ?> normalizer() {
    Map<String, Object> normalizer = new LinkedHashMap<>();
    normalizer.put("type", "BertNormalizer");
    normalizer.put("clean_text", true);
    normalizer.put("handle_chinese_chars", true);
    normalizer.put("strip_accents", null);
    normalizer.put("lowercase", true);
    return normalizer;
  }

  private static Map<String, ?> decoder() {
    Map<String, Object> decoder = new LinkedHashMap<>();
    decoder.put("type", "WordPiece");
    decoder.put("prefix", PREFIX);
    decoder.put("cleanup", true);
    return decoder;
  }

  private static Map<String, ?> model(MergeTrainer trained) {
    Map<String, Object> model = new LinkedHashMap<>();
    model.put("type", "WordPiece");
    model.put("unk_token", "[UNK]");
    model.put("continuing_subword_prefix", PREFIX);
    model.put("max_input_chars_per_word", 100);
    model.put("vocab", trained.vocabulary());
    return model;
  }
}
