package io.github.nolabel.text;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Writes a {@code tokenizer.json}.
 *
 * @param special the special tokens in the order of their ids
 * @param start put before each text
 * @param end put after each text
 */
record TokenizerJson(List<String> special, String start, String end) {

  private static final ObjectMapper JSON = new ObjectMapper();

  byte[] write(
      Map<String, ?> normalizer,
      Map<String, ?> preTokenizer,
      Map<String, ?> decoder,
      Map<String, ?> model) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("version", "1.0");
    file.put("truncation", null);
    file.put("padding", null);
    file.put("added_tokens", IntStream.range(0, special.size()).mapToObj(this::added).toList());
    file.put("normalizer", normalizer);
    file.put("pre_tokenizer", preTokenizer);
    file.put("post_processor", postProcessor());
    file.put("decoder", decoder);
    file.put("model", model);
    return bytes(file);
  }

  private static byte[] bytes(Object file) {
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(file);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private Map<String, ?> added(int id) {
    Map<String, Object> token = new LinkedHashMap<>();
    token.put("id", id);
    token.put("content", special.get(id));
    List.of("single_word", "lstrip", "rstrip", "normalized")
        .forEach(flag -> token.put(flag, false));
    token.put("special", true);
    return token;
  }

  private Map<String, ?> postProcessor() {
    Map<String, Object> processor = new LinkedHashMap<>();
    processor.put("type", "TemplateProcessing");
    processor.put(
        "single",
        List.of(part("SpecialToken", start), part("Sequence", "A"), part("SpecialToken", end)));
    processor.put("pair", List.of(part("Sequence", "A"), part("Sequence", "B")));
    Map<String, Object> tokens = new LinkedHashMap<>();
    List.of(start, end).forEach(token -> tokens.put(token, template(token)));
    processor.put("special_tokens", tokens);
    return processor;
  }

  private static Map<String, ?> part(String kind, String id) {
    Map<String, Object> part = new LinkedHashMap<>();
    part.put("id", id);
    part.put("type_id", id.equals("B") ? 1 : 0);
    return Map.of(kind, part);
  }

  private Map<String, ?> template(String token) {
    Map<String, Object> template = new LinkedHashMap<>();
    template.put("id", token);
    template.put("ids", List.of(special.indexOf(token)));
    template.put("tokens", List.of(token));
    return template;
  }
}
